"""A reference that a later file says again is the claim that it was: with another serial, name or
address it is corrected, or a person looks; it never becomes a second claim that is paid."""

from pathlib import Path

import pytest

from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import EFFECTIVE, Held, RemedyState
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.going_on import let_go_on
from tests.cast import Desk
from tests.takeover.former import claim, claim_of, counts, kettles, paid, taken, why, write

SENT = {"remedy state": "sent", "remedy provider": "tremendous", "remedy reference": "ORDER1"}


def goes_on(desk: Desk) -> tuple[int, int]:
    return let_go_on(
        recall=desk.recall(), by=desk.cast.administrator, reason="Made up.", is_meant=True
    )


def counted() -> int:
    """Remedies that count."""
    return Remedy.objects.filter(state__in=EFFECTIVE).count()


def test_a_serial_that_was_corrected_before_anything_was_decided_is_corrected_here(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", claim(1, state="approved", serial=kettles()[2]))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    found = Claim.objects.get()
    assert opened(found, "sealed_serial") == kettles()[2]
    assert (found.state, found.holds_unit) == (ClaimState.APPROVED, True)
    assert counted() == 1
    assert goes_on(desk) == (1, 0)
    write(folder, "claims", claim(3, state="approved", serial=kettles()[1]))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert claim_of(3).state == ClaimState.APPROVED


def test_a_serial_that_was_corrected_after_it_was_paid_is_for_a_person(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    for state in ("settled", "approved"):
        write(folder, "claims", claim(1, state=state, serial=kettles()[2]))
        (done,) = taken(desk, folder)
        assert counts(done) == (0, 1, 0)
        assert "another serial" in why(done)[0]
    write(folder, "claims", paid(1, serial=kettles()[3]))
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert (Claim.objects.count(), counted()) == (1, 1)
    assert goes_on(desk) == (0, 0)


def test_a_serial_that_was_corrected_after_it_went_on_here_is_for_a_person(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    assert goes_on(desk) == (1, 0)
    write(folder, "claims", claim(1, state="approved", serial=kettles()[2]))
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert goes_on(desk) == (0, 0)
    assert (Claim.objects.count(), counted()) == (1, 1)


def test_what_was_paid_there_under_a_corrected_serial_is_paid_here_no_more(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", paid(1, serial=kettles()[2]))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert Claim.objects.get().state == ClaimState.SETTLED
    assert counted() == 1
    assert Remedy.objects.get(state=RemedyState.DELIVERED).pk == Order.objects.get().remedy_id


def test_what_was_paid_there_for_a_unit_that_has_its_remedy_holds_the_claim(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"), paid(2))
    taken(desk, folder)
    write(folder, "claims", paid(1, serial=kettles()[2]))
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert claim_of(1).remedy.held == Held.MAYBE_SENT  # type: ignore[union-attr] # it has one
    assert goes_on(desk) == (0, 0)


def test_a_serial_that_was_found_later_is_of_the_same_claim(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved", serial=""))
    taken(desk, folder)
    assert Claim.objects.get().state == ClaimState.IN_REVIEW
    write(folder, "claims", claim(1, state="approved"))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert Claim.objects.get().state == ClaimState.APPROVED
    write(folder, "claims", claim(1, state="approved", serial=""), claim(2))
    assert counts(taken(desk, folder)[0]) == (1, 0, 1)
    assert opened(claim_of(1), "sealed_serial") == kettles()[1]


def test_a_unit_that_a_later_file_adds_to_a_claim_is_for_a_person(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    more = claim(1, state="approved", serial=kettles()[2])
    for extra in ((), (claim(5, state="declined"),)):
        write(folder, "claims", claim(1, state="approved"), more, *extra)
        taken(desk, folder)
        states = Claim.objects.filter(filing=claim_of_first()).values_list("state", flat=True)
        assert sorted(states) == [ClaimState.APPROVED, ClaimState.IN_REVIEW]
    assert goes_on(desk) == (1, 0)


def claim_of_first() -> Filing:
    return Filing.objects.order_by("pk")[0]


def test_which_of_several_units_was_corrected_is_for_a_person(desk: Desk, folder: Path) -> None:
    one = claim(1, state="approved")
    write(folder, "claims", one, one | {"serial": kettles()[2]})
    taken(desk, folder)
    write(folder, "claims", one | {"serial": kettles()[3]})
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "several units" in why(done)[0]
    write(folder, "claims", one, one | {"serial": kettles()[3]})
    assert counts(taken(desk, folder)[0]) == (1, 0, 1)
    assert (Claim.objects.count(), counted()) == (2, 2)


def test_an_old_word_beside_its_correction_is_a_reject(desk: Desk, folder: Path) -> None:
    one, other = claim(1, state="approved"), claim(1, state="approved", serial=kettles()[2])
    for rows in ((one,), (other,)):
        write(folder, "claims", *rows)
        taken(desk, folder)
    write(folder, "claims", one, other)
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 1)
    assert "corrected" in why(done)[0]
    assert (Claim.objects.count(), counted()) == (1, 1)


def test_another_address_is_written_where_nothing_was_decided(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved"), paid(2))
    taken(desk, folder)
    news = {"email": "new1@home.example", "name": "Olive Renamed"}
    write(folder, "claims", claim(1, state="approved", **news), paid(2, email="new2@home.example"))
    (done,) = taken(desk, folder)
    assert counts(done) == (1, 1, 0)
    assert "another e-mail address" in why(done)[0]
    assert opened(claim_of(1).filing, "sealed_email") == "new1@home.example"
    assert opened(claim_of(1).filing, "sealed_name") == "Olive Renamed"
    assert opened(claim_of(2).filing, "sealed_email") == "owner2@home.example"


def test_what_was_erased_here_does_not_come_back(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    Filing.objects.update(sealed_name=b"", sealed_email=b"", email_digest=b"")
    write(folder, "claims", paid(1), paid(2))
    assert counts(taken(desk, folder)[0]) == (1, 0, 1)
    assert opened(claim_of(1).filing, "sealed_email") == ""


def test_a_reference_with_another_owner_and_another_unit_is_for_a_person(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    stranger = {"name": "Someone Made-Up", "email": "else@home.example", "serial": kettles()[2]}
    write(folder, "claims", claim(1, state="approved", **stranger))
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "another owner" in why(done)[0]
    assert Claim.objects.count() == 1


def test_one_reference_of_two_owners_in_one_file_is_for_a_person(desk: Desk, folder: Path) -> None:
    stranger = {"name": "Someone Made-Up", "email": "else@home.example", "serial": kettles()[2]}
    write(folder, "claims", claim(1, state="approved"), claim(1, state="approved", **stranger))
    (done,) = taken(desk, folder)
    assert counts(done) == (1, 1, 0)
    assert "another owner" in why(done)[0]


def test_what_was_declined_there_later_goes_on_no_more(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved"), claim(2, state="declined"))
    taken(desk, folder)
    write(folder, "claims", claim(1, state="declined"), claim(2, state="approved"))
    assert counts(taken(desk, folder)[0]) == (2, 0, 0)
    assert claim_of(1).state == ClaimState.DECLINED
    assert claim_of(2).state == ClaimState.APPROVED
    assert goes_on(desk) == (1, 0)


@pytest.mark.parametrize("again", ["00123", " 123 ", "123", "0123"])
def test_zeros_and_spaces_make_no_other_reference(desk: Desk, folder: Path, again: str) -> None:
    write(folder, "claims", claim(1, reference="00123", state="approved"))
    taken(desk, folder)
    corrected = {"reference": again, "serial": kettles()[2]}
    write(folder, "claims", claim(1, state="approved", **corrected))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert (Claim.objects.count(), counted()) == (1, 1)


def test_a_reference_that_a_spreadsheet_shortened_is_a_reject(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, reference="1.23457E+15"))
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "spreadsheet" in why(done)[0]


def test_a_renumbered_claim_is_not_paid_beside_the_one_that_it_was(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    for state in ("approved", "settled"):
        write(folder, "claims", claim(9, state=state, serial=kettles()[1]))
        taken(desk, folder)
        assert counted() == 1
    assert {each.held for each in Remedy.objects.filter(state=RemedyState.WAITING)} <= {
        Held.TAKEN_OVER,
        Held.MAYBE_SENT,
    }
    assert goes_on(desk) == (0, 0)


@pytest.mark.parametrize("serial", [0, 1])
def test_a_remedy_is_found_by_the_serial_that_was_and_by_the_one_that_is(
    desk: Desk, folder: Path, serial: int
) -> None:
    serials = kettles()[1:3]
    for each in serials:
        write(folder, "claims", claim(1, state="approved", serial=each))
        taken(desk, folder)
    write(folder, "remedies", {"reference": "ERS-0001", "serial": serials[serial]} | SENT)
    assert counts(taken(desk, folder)[1]) == (1, 0, 0)
    assert Claim.objects.get().state == ClaimState.REMEDY_SENT


@pytest.mark.parametrize("reference", ["ERS-0001", "RENUMBERED-7"])
def test_a_remedy_of_another_serial_or_reference_holds_what_it_may_be_of(
    desk: Desk, folder: Path, reference: str
) -> None:
    serial = kettles()[2 if reference == "ERS-0001" else 1]
    write(folder, "claims", claim(1, state="approved"))
    write(folder, "remedies", {"reference": reference, "serial": serial} | SENT)
    _, done = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "held" in why(done)[0]
    assert claim_of(1).remedy.held == Held.MAYBE_SENT  # type: ignore[union-attr] # it has one
    assert goes_on(desk) == (0, 0)
