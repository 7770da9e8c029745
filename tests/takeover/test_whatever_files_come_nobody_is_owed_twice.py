"""Whatever files a former system writes, in whatever order and however often, with whatever
serials, references and addresses: no unit and no owner is owed a second remedy."""

import os
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from recalldesk.claims.former_references import filings_of_reference, former_form
from recalldesk.claims.models import Claim
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import EFFECTIVE, Held, RemedyState
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.going_on import let_go_on
from recalldesk.takeover.kept_files import Taken
from recalldesk.takeover.owners_of_references import ANOTHERS
from recalldesk.takeover.remedies_taken import NO_CLAIM, PAID_HERE
from tests.cast import Desk
from tests.takeover.former import kettles, taken, write

EXAMPLES = int(os.environ.get("RECALLDESK_FUZZ", "0")) // 4 or 10
REFERENCES = (("00123", "123", " 00123 "), ("ERS-2", "ers 2"), ("ERS-3",))
SERIALS = ("", *kettles()[:4])
PAID = ("settled", "delivered", "sent", "ordered", "unknown")
Row = dict[str, str]


@st.composite
def rows(draw: st.DrawFn, *, of_claims: bool) -> Row:
    number = draw(st.integers(0, len(REFERENCES) - 1))
    row = {
        "reference": draw(st.sampled_from(REFERENCES[number])),
        "serial": draw(st.sampled_from(SERIALS)),
        "unit": draw(st.sampled_from(("", "", "1", "2"))),
    }
    words: tuple[str, ...] = ("delivered", "ordered", "unknown", "waiting", "failed")
    if of_claims:
        row |= {
            "state": draw(st.sampled_from(("approved", "approved", "in_review", "settled"))),
            "name": f"Owner Made-Up {number}",
            "email": f"{draw(st.sampled_from(('owner', 'new')))}{number}@home.example",
            "remedy": "card",
            "filed on": "2025-03-01",
        }
        words = ("", "", "", *words)
    word = draw(st.sampled_from(words))
    order = draw(st.sampled_from(("", f"ORDER{number}"))) if word else ""
    provider = "tremendous" if order else ""
    return row | {
        "remedy state": word,
        "remedy provider": provider,
        "remedy reference": order,
        "remedy amount": "39.90" if word else "",
    }


@dataclass(frozen=True)
class Sent:
    """One run: files of claims and of remedies, and whether what is owed goes on after it."""

    claims: list[Row]
    remedies: list[Row]
    goes_on: bool


sent = st.builds(
    Sent,
    st.lists(rows(of_claims=True), max_size=3),
    st.lists(rows(of_claims=False), max_size=2),
    st.booleans(),
)


def is_paid(row: Row) -> bool:
    """Whether a line says that its owner has, or may have, a remedy."""
    if word := row["remedy state"]:
        return word in PAID
    return row.get("state") in PAID


def meant(row: Row) -> set[str]:
    """The references of the claims that a line may be of: by its own, or else by its serial."""
    known = {
        former_form(opened(claim.filing.former_reference, "sealed_reference")): opened(
            claim, "sealed_serial"
        )
        for claim in Claim.objects.select_related("filing")
    }
    form = former_form(row["reference"])
    if form in known:
        return {form}
    return {each for each, serial in known.items() if serial and serial == row["serial"]}


@dataclass
class Watched:
    """`units`: how many units a file said of a reference at once; `paid`: said to be paid so far,
    by a remedy; `called_paid`: by nothing, and no line said since that it waits; `released`: what
    went on."""

    units: Counter[str] = field(default_factory=Counter)
    paid: set[str] = field(default_factory=set)
    called_paid: set[str] = field(default_factory=set)
    released: set[object] = field(default_factory=set)

    def hear(self, given: list[Row], done: Taken) -> None:
        """A file that was taken; one that is the same as one before says nothing new."""
        if done.read is None:
            return
        refused = {each.number: each.why for each in done.read.rejects}
        counted = Counter(former_form(row["reference"]) for row in given)
        for form, count in counted.items():
            self.units[form] = max(self.units[form], count)
        for number, row in enumerate(given, 2):
            why = refused.get(number, "")
            is_nobodys = why == PAID_HERE and not filings_of_reference(row["reference"])
            if why == ANOTHERS or is_nobodys:  # of another owner, or of none that is here
                continue
            if why.startswith(NO_CLAIM):
                self.paid |= meant(row) if is_paid(row) else set()
                continue
            if row["remedy state"] == "waiting" and not why:
                self.called_paid.discard(former_form(row["reference"]))
            if not row["remedy state"] and is_paid(row):
                self.called_paid.add(former_form(row["reference"]))
            elif is_paid(row):
                self.paid.add(former_form(row["reference"]))
                if not why and row["serial"]:
                    self.paid.add(row["serial"])

    def judge(self) -> None:
        """No unit has two, no owner has more than units; what was said to be paid went on not."""
        units = Counter(
            bytes(unit)
            for unit in Remedy.objects.filter(state__in=EFFECTIVE).values_list(
                "entitlement__unit_digest", flat=True
            )
        )
        assert not units or max(units.values()) == 1
        owned: Counter[str] = Counter()
        for claim in Claim.objects.exclude(remedy=None).select_related("filing", "remedy"):
            remedy = claim.remedy
            assert remedy is not None
            form = former_form(opened(claim.filing.former_reference, "sealed_reference"))
            serial = opened(claim, "sealed_serial")
            is_let = remedy.state == RemedyState.WAITING and remedy.held == Held.NONE
            owned[form] += is_let or (
                remedy.state in EFFECTIVE and remedy.state != RemedyState.WAITING
            )
            if is_let and remedy.pk not in self.released:
                assert serial not in self.paid
                assert form not in self.paid | self.called_paid or self.units[form] > 1
                self.released.add(remedy.pk)
        for form, count in owned.items():
            assert count <= self.units[form]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(sent, min_size=2, max_size=5))
def test_no_unit_and_no_owner_is_owed_twice(desk: Desk, runs: list[Sent]) -> None:
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        watched = Watched()
        for run in runs:
            note(str(run))
            files = {"claims": run.claims, "remedies": run.remedies}
            for name, given_rows in files.items():
                path = write(Path(folder), name, *given_rows) if given_rows else None
                if path is None:
                    (Path(folder) / f"{name}.csv").unlink(missing_ok=True)
            given_files = [each for each in files.values() if each]
            if given_files:
                for given_rows, done in zip(given_files, taken(desk, Path(folder)), strict=True):
                    watched.hear(given_rows, done)
            if run.goes_on:
                by = desk.cast.administrator
                let_go_on(recall=desk.recall(), by=by, reason="Made up.", is_meant=True)
            watched.judge()
        transaction.set_rollback(True)
