"""`recalldesk keeping`: terms, holds and early erasures by command, with hints where they fail."""

import pytest

from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.keeping.models import EarlyErasure, KeepingTerm, LegalHold
from tests.cast import PASSWORD, SLUG, Command
from tests.claims.owner import OLGA
from tests.keeping.kept import mario, mona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk", "quick_passwords")]
AS = ("--as", "mona@desk.example")
WHY = ("--reason", "Made up.")


@pytest.fixture(autouse=True)
def _people() -> None:
    for person in (mona(), mario()):
        person.set_password(PASSWORD)
        person.save()


def test_terms_are_set_shown_and_refused_with_a_hint(command: Command) -> None:
    ran = command("keeping", "term", "set", "owner", "400", *WHY, *AS, "--recall", SLUG)
    assert f"of {SLUG}: kept 400 days" in ran.out
    shown = command("keeping", "show", SLUG, *AS).out
    assert "400" in shown
    assert "Mona" in shown
    assert "No hold." in shown
    far = command("keeping", "term", "set", "incidents", "4000", *WHY, *AS)
    assert far.code == 1
    assert "From 365 to 1,825 days are allowed" in far.err
    assert "There are: owner, payee" in command("keeping", "term", "set", "x", "1", *WHY, *AS).err
    assert "no number of days" in command("keeping", "term", "set", "owner", "3x", *WHY, *AS).err
    assert KeepingTerm.objects.count() == 1


def test_holds_are_placed_listed_and_lifted(command: Command) -> None:
    filing = OLGA.files()
    nothing = command("keeping", "hold", "place", *WHY, *AS)
    assert nothing.code == 1
    assert "--everything" in nothing.err
    wrong = command("keeping", "hold", "place", "--claim", "NOPE", *WHY, *AS)
    assert wrong.code == 1
    assert "no such claim" in wrong.err
    typed = filing.reference.lower().replace("-", " ")
    placed = command("keeping", "hold", "place", "--claim", typed, *WHY, *AS)
    number = LegalHold.objects.get().pk
    assert f"Hold {number} is in force: Claim {filing.reference}" in placed.out
    assert filing.reference in command("keeping", "hold", "list", *AS).out
    assert "is lifted" in command("keeping", "hold", "lift", str(number), *WHY, *AS).out
    again = command("keeping", "hold", "lift", str(number), *WHY, *AS)
    assert again.code == 1
    assert "already" in again.err
    assert "No hold." in command("keeping", "hold", "list", *AS).out


def test_two_people_erase_early(command: Command) -> None:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    asked = command("keeping", "erase", "ask", "--claim", filing.reference, *WHY, *AS)
    number = str(EarlyErasure.objects.get().pk)
    assert "Goes: name" in asked.out
    assert "Stays: its reference" in asked.out
    own = command("keeping", "erase", "agree", number, *WHY, *AS)
    assert own.code == 1
    assert "Another person" in own.err
    other = ("--as", "mario@desk.example")
    assert "is done" in command("keeping", "erase", "agree", number, *WHY, *other).out
    assert Filing.objects.get().state == FilingState.ERASED
    assert "Nothing comes due." in command("keeping", "due", *AS).out


def test_what_comes_due_is_counted_and_not_erased(command: Command) -> None:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    shown = command("keeping", "due", "--days", "1200", *AS).out
    assert "owner" in shown
    assert "photos" in shown
    assert Filing.objects.get().state == FilingState.FILED
