"""The tables of what is counted of incidents, and of how files of reports are read."""

from docs_parts.blocks import table
from recalldesk.incidents.importing.columns import NAMES
from recalldesk.incidents.importing.words import CARES, HAPPENED, NOTHING, SEVERITIES
from recalldesk.incidents.states import ReportReason
from recalldesk.incidents.tally.definitions import DEFINITIONS, PARTS, PERIOD, STRUCK, WHEN
from recalldesk.recalls.document.parts import Counts

KEPT: dict[str, str] = {
    "number": "the report's number; needed",
    "told_on": "the day on which it was told",
    "happened_on": "the day of the incident; `about 2025-05-03` or `2025-05` for about then",
    "account": "what happened, in words; sealed",
    "happened": "what the unit did, in one of the words below",
    "severity": "how badly the victim was hurt, in SaferProducts' wording below",
    "care": "the same in our words; `;` between several people; goes before the severity",
    "injured": "how many people were hurt",
    "age": "ages in years, `;` between several people; sealed",
    "harm": "how they were hurt, in words; sealed",
    "amount": "what the damage is worth, such as `1,200.50`",
    "currency": "its currency, such as `USD`",
    "damage": "what was damaged, in words; sealed",
    "model": "the product, where the recall has one of that model or name",
    "serial": "the unit's serial; sealed; it gets no verdict here",
    "has_unit": "`yes`, `no`, or `elsewhere`",
    "country": "two capital letters",
    "authority_reference": "the authority's number, where it was reported already",
    "reported_at": "when that was, with the time; without a zone it is UTC",
}
"""What is kept of each column; the others stand below what was told, sealed with it."""


def incident_figures() -> str:
    """Every figure: its title, its name, and what is counted; then what holds for all."""
    rows = [
        (
            definition.title,
            f"`{kind.value}`" + (", by each of its parts" if kind in PARTS else ""),
            f"`{kind.value.replace('-', '_')}`" if _is_counted(kind) else "",
            definition.says,
        )
        for kind, definition in DEFINITIONS.items()
    ]
    period = (
        f"In a period `--by {day}`: {says[0].lower()}{says[1:]}" for day, says in PERIOD.items()
    )
    said = " ".join((WHEN, *period, STRUCK))
    return f"{table(('figure', 'name', 'in the recall file', 'what is counted'), rows)}\n{said}\n"


def report_headings() -> str:
    """The headings that are read, and what is kept of each."""
    rows = [
        (", ".join(f"`{each}`" for each in headings), KEPT.get(name, "below what was told"))
        for name, headings in NAMES.items()
    ]
    return table(("heading, in small or capital letters", "what is kept"), rows)


def report_words() -> str:
    """The words of the columns that have words of their own."""
    rows = [
        ("Happened", ", ".join(f"`{each}`" for each in (*HAPPENED, NOTHING))),
        ("Care", ", ".join(f"`{each}`" for each in CARES)),
        ("(Primary) Victim Severity", ", ".join(f"`{each}`" for each in SEVERITIES)),
    ]
    return table(("column", "words, without their commas"), rows)


def report_reasons() -> str:
    """Each reason of a rejected row."""
    rows = [(f"`{reason.value}`", str(reason.label)) for reason in ReportReason]
    return table(("reason", "the row"), rows)


def _is_counted(kind: str) -> bool:
    return kind.replace("-", "_") in set(Counts)
