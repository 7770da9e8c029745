"""What the decision rule sees and misses in a made-up year, by kind of fraud."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from benchmarks.year.both_desks import compare
from benchmarks.year.seen import ORDERED_AFTER, SeenClaim, Year, seen_year, share, told_reasons
from benchmarks.year.sent import Fraud
from recalldesk.claims.decision_facts import terms_of
from recalldesk.recalls.recall_file import read_recall_file
from tests.claims.owner import text_with_all_remedies

DEVELOPED_ON = 1
LEAST_FRAUD, LEAST_HONEST = 0.99, 0.90
LONGER = (timedelta(days=7), timedelta(days=14))
HOW = """{claims:,} made-up claims of a year, one in twenty fraud of eight kinds, for each of two \
seeds that were held out ({held_out}; all was developed on seed {developed}). Their years of \
50,000 were looked at once; of 600 claims by the same seeds the figures were seen when this part \
was first tried, after which neither rule nor year was changed. What makes claims up knows nothing \
of the rule. Honest people have families, shared flats, large houses, several units, offices and \
carriers with one address for many, units that are gone, photos that show nothing (one in ten) and \
misread serials. What photos say is drawn from the errors measured of real reading; like photos by \
chance as often as they were found. Of {rings} rings of each of four kinds (the same photo, one \
photo, a code, edited digits) the photos that matter are really drawn, altered in their pixels, \
cleaned and read; there is no other fraud of these kinds. The copies' markings are held against \
the lines of the original. All claims of a ring are fraud, its first one too, unless a ring copied \
it from somebody honest (every other ring of three of these kinds). Rings share nothing but what \
their kind says, and one in four is slow: five days between two claims on average. A person sees \
a claim that the rule gives to one, at once or after it asked for a photo that came out the same; \
or that was approved and led back to by a later one, if that came within {days} days: so long a \
remedy waits to be ordered here, which is an assumption. All this was laid down before any result, \
but for two things after the first small run on seed {developed}: colleagues who claim within \
an hour were made rarer (with one in twenty claims sent at an office, before one in five), and \
looking back was built. The limits are those that a recall file has of itself."""


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
            days=ORDERED_AFTER.days,
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
        section.add(f"{seed}, {kind}: seen", f"{_seen(claims)}; {_missed(claims)}")
    fraud = year.fraud
    count = sum(each.is_seen for each in fraud)
    section.judge(
        f"{seed}, all fraud: seen",
        f"{_seen(fraud)}; {_missed(fraud)}",
        f"at least {LEAST_FRAUD:.0%}",
        reached=count >= LEAST_FRAUD * len(fraud),
    )
    section.add(
        f"{seed}, all fraud: seen when it is sent, without looking back",
        share(fraud, (each.is_with_person for each in fraud)),
    )
    for waiting in LONGER:
        section.add(
            f"{seed}, all fraud: had remedies waited {waiting.days} days to be ordered",
            share(fraud, (each.would_be_seen(waiting) for each in fraud)),
        )
    _judge_honest(section, seed, year)
    section.add(f"{seed}, the rule itself: a claim", f"{year.seconds * 1e6:.0f} µs")


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
    return f"missed {len(missed)}, of which {firsts} first of a ring, {late} led back to too late"
