"""What the decision rule sees and misses in a made-up year, by kind of fraud."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from benchmarks.year.both_desks import compare
from benchmarks.year.seen import SeenClaim, Year, seen_year, share, told_reasons
from benchmarks.year.sent import Fraud
from recalldesk.claims.decision_facts import terms_of
from recalldesk.recalls.recall_file import read_recall_file
from tests.claims.owner import text_with_all_remedies

DEVELOPED_ON = 1
LEAST_FRAUD, LEAST_HONEST = 0.99, 0.90
LONGER = (timedelta(days=14),)
HOW = """{claims:,} made-up claims of a year, one in twenty fraud of eight kinds, for each of two \
seeds that were held out ({held_out}; all was developed on seed {developed}). {held}What makes \
claims up knows nothing of the rule. Honest people have families, shared flats, large houses, \
several units, offices and carriers with one address for many, units that are gone, photos that \
show nothing (one in ten) and misread serials. What photos say is drawn from the errors measured \
of real reading; like photos by chance as often as they were found. Of {rings} rings of each of \
four kinds (the same photo, one photo, a code, edited digits) the photos that matter are really \
drawn, altered in their pixels, cleaned and read; there is no other fraud of these kinds. The \
copies' markings are held against the lines of the original. All claims of a ring are fraud, its \
first one too, unless a ring copied it from somebody honest (every other ring of three of these \
kinds). Rings share nothing but what their kind says, and one in four is slow: five days between \
two claims on average. A claim is *seen before its remedy was ordered* where the rule gives it to \
a person, at once or after it asked for a photo that came out the same; or where it was approved \
and a later claim led back to it within {days} days, for which the recall has a remedy of the rule \
wait (`wait_before_order_days`, of itself {days}). It is *seen at all* where one led to it later \
too: it then stands in the list "led to after its remedy was ordered", where a person looks at it; \
what was ordered is not called back. Nobody finds fraud meanwhile here, which would send later \
claims of the same people to a person as well. The limits are those that a recall file has of \
itself."""
HELD = """Before these, the years of 4711 and 2026 had been held out; once they were looked at, \
97.88 % and 98.04 % of the fraud was seen, all before remedies were ordered, for which an \
assumption of 3 days stood then. Of that came the wait and the list. Their figures had also said \
that 7 days would have given 99.08 % and 98.64 %, so they could judge nothing any more: other \
seeds were chosen, and looked at once, when all was done. """


def measure(folder: Path, sizes: Sizes, kept: Path) -> Section:
    """The held-out years, and a smaller one through the database too. `kept`: the folder for
    photos that were drawn and read before."""
    document = read_recall_file(text_with_all_remedies())
    terms = terms_of(document.review)
    section = Section(
        "What the rule sees of a year",
        HOW.format(
            claims=sizes.year_claims,
            held_out=" and ".join(map(str, sizes.year_seeds)),
            developed=DEVELOPED_ON,
            rings=sizes.year_rings,
            days=terms.wait_before_order.days,
            held=HELD,
        ),
    )
    _judge_both(section, folder, sizes, kept)
    for seed in sizes.year_seeds:
        year = seen_year(
            document,
            terms,
            seed=seed,
            units=sizes.year_claims,
            rings=sizes.year_rings,
            kept=kept,
        )
        _judge(section, f"seed {seed}", year)
    return section


def _judge_both(section: Section, folder: Path, sizes: Sizes, kept: Path) -> None:
    """The look-ups of the measurement against the program's own."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    rings = min(2, sizes.year_rings)
    compared = compare(folder, DEVELOPED_ON, sizes.year_both, rings, kept)
    section.judge(
        "claims of which the database says otherwise than this measurement, reason by reason",
        f"{len(compared.otherwise)} of {compared.claims:,}",
        "0",
        reached=not compared.otherwise,
    )


def _judge(section: Section, seed: str, year: Year) -> None:
    for kind in Fraud:
        claims = year.of(kind)
        section.add(
            f"{seed}, {kind}: seen before its remedy was ordered",
            f"{_seen(claims)}; {_missed(claims)}",
        )
    fraud = year.fraud
    section.add(
        f"{seed}, all fraud: seen when it is sent, without looking back",
        share(fraud, (each.is_with_person for each in fraud)),
    )
    _judge_fraud(section, f"{seed}, all fraud: seen before its remedy was ordered", fraud, _before)
    _judge_fraud(section, f"{seed}, all fraud: seen at all", fraud, _at_all)
    for waiting in LONGER:
        section.add(
            f"{seed}, all fraud: seen before, had remedies waited {waiting.days} days",
            share(fraud, (each.would_be_seen(waiting) for each in fraud)),
        )
    _judge_honest(section, seed, year)
    section.add(f"{seed}, the rule itself: a claim", f"{year.seconds * 1e6:.0f} µs")


def _before(claim: SeenClaim) -> bool:
    return claim.is_seen


def _at_all(claim: SeenClaim) -> bool:
    return claim.is_seen_at_all


def _judge_fraud(
    section: Section, what: str, fraud: Sequence[SeenClaim], is_seen: Callable[[SeenClaim], bool]
) -> None:
    seen = [is_seen(each) for each in fraud]
    section.judge(
        what,
        f"{share(fraud, seen)}; missed {len(seen) - sum(seen)}",
        f"at least {LEAST_FRAUD:.0%}",
        reached=sum(seen) >= LEAST_FRAUD * len(fraud),
    )


def _judge_honest(section: Section, seed: str, year: Year) -> None:
    readable = year.readable
    approved = sum(not each.is_seen for each in readable)
    section.judge(
        f"{seed}, honest with photos that are all readable: approved by the rule",
        share(readable, (not each.is_seen for each in readable)),
        f"at least {LEAST_HONEST:.0%}",
        reached=approved >= LEAST_HONEST * len(readable),
    )
    kept_back = [each for each in readable if each.is_seen]
    section.add(f"{seed}, why the others are with a person", told_reasons(kept_back))
    section.add(
        f"{seed}, of these taken back by a later claim",
        share(readable, (each.is_back for each in readable)),
    )
    section.add(
        f"{seed}, of these approved, and looked at by a person after the remedy was ordered",
        share(readable, (each.late is not None for each in readable)),
    )
    known = {each.ruled.number for each in readable}
    rest = [each for each in year.honest if each.ruled.number not in known]
    section.add(
        f"{seed}, all other honest claims: with a person or asked for a photo",
        f"{share(rest, (each.is_seen for each in rest))}, for {told_reasons(rest)}",
    )


def _seen(claims: Sequence[SeenClaim]) -> str:
    return share(claims, (each.is_seen for each in claims))


def _missed(claims: Sequence[SeenClaim]) -> str:
    missed = [each for each in claims if not each.is_seen]
    if not missed:
        return "none missed"
    firsts = sum(each.ruled.filing.is_first for each in missed)
    late = sum(each.late is not None for each in missed)
    return f"missed {len(missed)}, of which {firsts} first of a ring, {late} seen after it"
