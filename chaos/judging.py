"""Lays what the providers counted beside the rows, when a run is over. `python -m chaos.judging N`

Guarantee: what was handed out is read from ledgers, trays and the journal, never from the rows.
"""

import argparse
import json
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping

import django

django.setup()

from chaos.claims_made import unit_of
from chaos.installation import Installation
from chaos.plan import Target
from chaos.programs import COMES_BACK
from chaos.verdict import Counted, Row, Verdict, codes_in_two_hands, judge
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Reason
from recalldesk.audit.verifying import verify
from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.mended import OWNER_MENDS
from recalldesk.claims.states import ClaimState
from recalldesk.demo.providers.ledger import lines_of
from recalldesk.demo.providers.papers import draws
from recalldesk.remedies import journal
from recalldesk.remedies.adopting import MOST_TURNS
from recalldesk.remedies.batches.marks import mark_of, read_mark
from recalldesk.remedies.models import Order, remedy_id
from recalldesk.remedies.providers.codes.given import GIVEN, WITHDRAWN
from recalldesk.remedies.states import Stopped

UNDELIVERED = OWNER_MENDS | {Reason.NOT_REACHED}
"""Why a claim that was approved waits for its owner, or for the desk."""
GONE = Row(frozenset(), "not there")


def verdict_of(installation: Installation, claims: int, seed: int) -> Verdict:
    """On the claims with the first so many numbers."""
    verdict = Verdict()
    judge([*_rows(claims)], [*_counted(installation, seed)], verdict)
    given = [(line["remedy"], line["code"]) for line in journal.lines(GIVEN)]
    seen = [(line["unit"], line["code"]) for line in lines_of(installation.seen())]
    verdict.codes = codes_in_two_hands(given) + codes_in_two_hands(seen)
    seal_what_waits()
    verified = verify()
    verdict.log = [str(each) for each in verified.findings.kept]
    verdict.log_rows = verified.rows
    return verdict


def _rows(claims: int) -> Iterator[Row]:
    stopped = dict(Order.objects.exclude(stopped="").values_list("remedy_id", "stopped"))
    there = {bytes(claim.unit_digest): claim for claim in Claim.objects.all()}
    for number in range(claims):
        unit = unit_of(number)
        claim = there.get(unit)
        yield GONE if claim is None else _row(unit, claim, stopped)


def _row(unit: bytes, claim: Claim, stopped: Mapping[uuid.UUID, str]) -> Row:
    ids = [remedy_id(unit_digest=unit, grant=1, turn=turn + 1) for turn in range(MOST_TURNS)]
    needs_owner = claim.state == ClaimState.NEEDS_OWNER
    asks = ", ".join(sorted(UNDELIVERED & set(claim.tags))) if needs_owner else ""
    why = stopped.get(claim.remedy_id, "") if claim.remedy_id else ""
    return Row(
        names=frozenset({*map(str, ids), *(mark_of(each) for each in ids)}),
        state=claim.state,
        stopped=Stopped(why).value if why else "",
        asks=asks,
    )


def _counted(installation: Installation, seed: int) -> Iterator[Counted]:
    withdrawn = frozenset(line["remedy"] for line in journal.lines(WITHDRAWN))
    given = {(line["remedy"], line["code"]) for line in journal.lines(GIVEN)}
    yield Counted(Counter(remedy for remedy, _ in given), withdrawn)
    cards = [*lines_of(installation.ledger(Target.TREMENDOUS))]
    names = {line["order"]: line["external_id"] for line in cards if line["effect"] == "order"}
    yield Counted(
        Counter(line["external_id"] for line in cards if line["effect"] == "order"),
        frozenset(names[line["order"]] for line in cards if line["effect"] == "cancel"),
    )
    parcels = [*lines_of(installation.ledger(Target.EASYPOST))]
    yield Counted(Counter(line["reference"] for line in parcels if line["effect"] == "label"))
    for target in (Target.WAREHOUSE, Target.BANK):
        written = Counter(line["mark"] for line in lines_of(installation.ledger(target)))
        back = frozenset(read_mark(mark) for mark in written if draws(mark, seed, COMES_BACK))
        marks = Counter({read_mark(mark): count for mark, count in written.items()})
        yield Counted(marks, back)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m chaos.judging")
    parser.add_argument("claims", type=int)
    parser.add_argument("seed", type=int)
    given_ = parser.parse_args()
    found = verdict_of(Installation.here(), given_.claims, given_.seed)
    print(
        json.dumps(
            {
                "outcomes": found.outcomes,
                "bad": found.bad,
                "strange": found.strange,
                "codes": found.codes,
                "log": found.log,
                "log_rows": found.log_rows,
            }
        )
    )
