"""Claims of a system before this one come in once, each where it stood, and nobody is told."""

from pathlib import Path

import pytest

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState
from recalldesk.foundation.sheets import Heading, xlsx_parts
from recalldesk.mailing.models import Mailing
from recalldesk.outreach.reading_back import FileRefused
from recalldesk.remedies.models import Correction, Order, Remedy, remedy_id
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.takeover.models import TakeoverFile
from tests.cast import Desk
from tests.takeover.former import (
    claim,
    claim_of,
    counts,
    kettles,
    looked_at,
    paid,
    taken,
    why,
    write,
)


def test_a_paid_claim_has_its_remedy_with_the_reference_it_had(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1))
    (done,) = taken(desk, folder)
    assert counts(done) == (1, 0, 0)
    found = claim_of(1)
    assert (found.state, found.holds_unit) == (ClaimState.SETTLED, True)
    assert found.remedy is not None
    assert found.remedy.state == RemedyState.DELIVERED
    assert found.remedy.pk == remedy_id(unit_digest=bytes(found.unit_digest), grant=1, turn=1)
    order = Order.objects.get(remedy=found.remedy)
    assert (order.provider, order.reference) == ("tremendous", "ORDER1")
    assert Correction.objects.get().remedy_id == found.remedy.pk
    assert f"{found.filing.filed_at:%Y-%m-%d}" == "2025-03-01"
    assert not Mailing.objects.exists()


def test_each_row_says_in_the_log_that_it_was_taken_over(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    rows = StateChange.objects.filter(reason=Reason.TAKEN_OVER)
    assert {row.subject for row in rows} == {
        Subject.FILING,
        Subject.CLAIM,
        Subject.REMEDY,
        Subject.TAKEOVER_FILE,
    }
    assert {row.actor_id for row in rows} == {desk.cast.administrator.pk}


def test_the_same_file_twice_changes_nothing_and_a_longer_one_brings_what_it_adds(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    (again,) = taken(desk, folder)
    assert again.read is None
    write(folder, "claims", paid(1), paid(2))
    assert counts(taken(desk, folder)[0]) == (1, 0, 1)
    assert (Filing.objects.count(), Remedy.objects.count()) == (2, 2)


def test_a_look_changes_nothing(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1))
    assert counts(looked_at(desk, folder)[0]) == (1, 0, 0)
    assert not Filing.objects.exists()
    assert not TakeoverFile.objects.exists()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"reference": ""}, "has no reference"),
        ({"state": "pondered"}, "a state of the claim that the mapping does not know"),
        ({"filed on": "03/04/2025"}, "a day of filing that is no day"),
        ({"email": "nowhere"}, "an e-mail address that is none"),
        ({"remedy": "a pony"}, "no remedy that this recall offers"),
        ({"remedy state": "perhaps"}, "a state of the remedy that the mapping does not know"),
        ({"remedy amount": "about 40"}, "an amount that is none"),
        ({"product": "toaster"}, "a product that this recall does not have"),
    ],
)
def test_what_cannot_be_told_for_sure_is_a_reject(
    desk: Desk, folder: Path, said: dict[str, str], reason: str
) -> None:
    write(folder, "claims", paid(1, **said), paid(2))
    (done,) = taken(desk, folder)
    assert counts(done) == (1, 1, 0)
    assert reason in why(done)[0]
    assert TakeoverFile.objects.get().rejects.get().number == 2


def test_what_was_approved_waits_until_a_person_lets_it_go_on(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    found = claim_of(1)
    assert found.remedy is not None
    assert (found.state, found.remedy.state) == (ClaimState.APPROVED, RemedyState.WAITING)
    assert found.remedy.held == Held.TAKEN_OVER


def test_what_was_approved_and_lacks_something_meets_a_person(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved", email=""))
    taken(desk, folder)
    assert (claim_of(1).state, claim_of(1).remedy) == (ClaimState.IN_REVIEW, None)


def test_of_two_lines_for_one_unit_that_were_paid_one_is_a_reject(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1), paid(2, serial=kettles()[1]))
    (done,) = taken(desk, folder)
    assert counts(done) == (1, 1, 0)
    assert "would be given twice" in why(done)[0]


def test_of_two_open_claims_for_one_unit_the_later_one_waits_for_a_person(
    desk: Desk, folder: Path
) -> None:
    both = (claim(1, state="approved"), claim(2, state="approved", serial=kettles()[1]))
    write(folder, "claims", *both)
    assert counts(taken(desk, folder)[0]) == (2, 0, 0)
    assert claim_of(2).state == ClaimState.IN_REVIEW
    assert claim_of(2).tags == ["contested", "remedy_given"]
    assert Remedy.objects.count() == 1


def test_lines_of_one_reference_are_one_filing(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1), paid(2, reference="ERS-0001"))
    taken(desk, folder)
    filing = Filing.objects.get()
    assert list(filing.claims.order_by("position").values_list("position", flat=True)) == [1, 2]
    assert Claim.objects.filter(holds_unit=True).count() == 2


def test_what_breaks_off_in_a_later_file_leaves_nothing_of_the_first(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1))
    write(folder, "remedies", {"ticket": "ERS-0001"})
    with pytest.raises(FileRefused):
        taken(desk, folder)
    assert not Filing.objects.exists()
    assert not Remedy.objects.exists()


def test_a_workbook_says_the_same(desk: Desk, folder: Path) -> None:
    row = paid(1) | {"filed on": "45717"}
    heads = [Heading(name) for name in row]
    write(folder, "claims", row).unlink()
    (folder / "claims.xlsx").write_bytes(b"".join(xlsx_parts(heads, [list(row.values())])))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert f"{claim_of(1).filing.filed_at:%Y-%m-%d}" == "2025-03-01"
