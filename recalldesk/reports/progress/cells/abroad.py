"""Figures that authorities outside the United States ask for: by remedy, by country, of all days.

They are sums of the same rows as the cells of the form, put together otherwise.
"""

from collections.abc import Collection, Mapping, Sequence

from recalldesk.incidents.tally.figures import Kind, When
from recalldesk.remedies.corrections.states import COUNTS_AT, Level, Measure
from recalldesk.reports.progress.cells import corrected, incidents, notified
from recalldesk.reports.progress.figures import Figure, Ledger, Section

NO_COUNTRY = "none"
CORRECTED_IN, TOLD_IN = "corrections-by-country", "notices-by-country"
CORRECTED_BY_COUNTRY = Ledger(
    CORRECTED_IN,
    """
    SELECT coalesce(nullif(p.country, ''), 'none') AS part, r.id AS number, r.units AS adds,
        r.counted_at AS at
    FROM remedies_correction r LEFT JOIN reports_correctionplace p ON p.correction_id = r.id
    WHERE r.recall_id = %(recall)s
    """,
    corrected.LEDGER.heads,
    corrected.LEDGER.tell,
)
TOLD_BY_COUNTRY = Ledger(
    TOLD_IN,
    """
    SELECT coalesce(nullif(n.country, ''), 'none') AS part, c.id AS number,
        CASE c.to_state WHEN 'sent' THEN 1 ELSE -1 END AS adds, c.at
    FROM audit_statechange c JOIN outreach_directnotice n ON n.id = c.subject_id
    WHERE c.subject = 'notice' AND c.recall_id = %(recall)s
    AND (c.to_state = 'sent' AND c.from_state <> 'sent'
        OR c.from_state = 'sent' AND c.to_state IN ('refused', 'bounced'))
    """,
    notified.LEDGER.heads,
    notified.LEDGER.tell,
)
BY_MEASURE: Mapping[Measure, Figure] = {
    measure: Figure(
        f"measure-{measure.value}",
        Section.BESIDE,
        str(measure.label),
        corrected.SAYS,
        corrected.NAME,
        frozenset(
            corrected.part_of(level, measure) for level in Level if measure in COUNTS_AT[level]
        ),
    )
    for measure in Measure
}
OF_ALL_DAYS: Mapping[Kind, Figure] = {
    kind: Figure(
        f"{kind.value}-all",
        Section.BESIDE,
        title,
        "Before and after the recall, and of days that are not known, together. "
        + incidents.BY_KIND[kind, When.BEFORE].says,
        incidents.NAME,
        frozenset(incidents.BY_KIND[kind, when].name for when in When),
    )
    for kind, title in incidents.KINDS.items()
}
TOLD = Figure(
    "notified-all",
    Section.BESIDE,
    "All of them",
    notified.SAYS,
    notified.NAME,
    frozenset(
        part for figure in (*notified.BY_WAY.values(), notified.IN_PERSON) for part in figure.parts
    ),
)
FIXED: tuple[Figure, ...] = (*BY_MEASURE.values(), *OF_ALL_DAYS.values(), TOLD)


def corrected_in(country: str) -> Figure:
    """Units corrected in a country, or in one that is not known."""
    return Figure(
        f"corrected-in-{country.lower()}",
        Section.BESIDE,
        named(country),
        "By the country of its owner's claim, else of the order, as was known when it came to "
        "count. What shops and distributors report of no known order names no country. "
        + corrected.SAYS,
        CORRECTED_IN,
        frozenset({country}),
    )


def told_in(country: str) -> Figure:
    """Notices to a country, or to one that is not known."""
    return Figure(
        f"notified-in-{country.lower()}",
        Section.BESIDE,
        named(country),
        "By the country of whom it went to, as it was when the notice was made. " + notified.SAYS,
        TOLD_IN,
        frozenset({country}),
    )


def by_country(countries: Collection[str]) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """Corrected and told in each of some countries, and where it is not known."""
    every = (*countries, NO_COUNTRY)
    return [corrected_in(each) for each in every], [told_in(each) for each in every]


def named(country: str) -> str:
    """A country as a table has it."""
    return "Country not known" if country == NO_COUNTRY else country


def country_figure(name: str) -> Figure | None:
    """The figure of a country, by its name in an address."""
    for prefix, make in (("corrected-in-", corrected_in), ("notified-in-", told_in)):
        country = name.removeprefix(prefix)
        if country == name:
            continue
        if country == NO_COUNTRY:
            return make(NO_COUNTRY)
        if len(country) == 2 and country.isascii() and country.isalpha() and country.islower():
            return make(country.upper())
    return None
