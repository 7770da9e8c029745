"""A database from before comes to the holds and terms of today, and to no others."""

from collections.abc import Callable
from typing import Any

import pytest

from recalldesk.claims.models import Filing
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import KeepingTerm, LegalHold
from recalldesk.keeping.restoring import place_again
from recalldesk.keeping.states import Thing
from recalldesk.keeping.terms import days_kept
from tests.claims.owner import OLGA
from tests.keeping.kept import all_held, held, lifted, term
from tests.unguarded import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def as_before() -> None:
    """The database of a backup that knows of none."""
    with unguarded("keeping_legalhold", "keeping_keepingterm"):
        LegalHold.objects.all().delete()
        KeepingTerm.objects.all().delete()


def test_holds_come_back_as_they_were_and_once() -> None:
    hold = all_held(country="US", kind=Kind.PHOTOS)
    as_before()
    assert place_again() == 1
    again = LegalHold.objects.get()
    assert (again.name, again.recall_id, again.country, again.kind) == (
        hold.name,
        hold.recall_id,
        "US",
        Kind.PHOTOS,
    )
    assert place_again() == 0


def test_one_that_was_lifted_stays_lifted(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    hold = all_held()
    with django_capture_on_commit_callbacks(execute=True):
        lifted(hold)
    as_before()
    assert place_again() == 0
    assert not LegalHold.objects.exists()


def test_one_that_was_lifted_since_the_backup_is_lifted_again(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    hold = all_held()
    with django_capture_on_commit_callbacks(execute=True):
        lifted(hold)
    with unguarded("keeping_legalhold"):
        LegalHold.objects.update(state="placed", lifted_at=None, lifted_by=None)
    assert place_again() == 1
    assert LegalHold.objects.get().lifted_at is not None


def test_no_other_claim_of_the_same_number_is_held() -> None:
    filing = OLGA.files()
    held(Thing.FILING, filing.pk)
    as_before()
    with unguarded("claims_filing"):
        Filing.objects.filter(pk=filing.pk).update(reference="ANOTHER-0001")
    assert place_again() == 0


def test_terms_are_as_they_were_set_last() -> None:
    term(Kind.OWNER, 1500)
    term(Kind.OWNER, 1600)
    as_before()
    assert place_again() == 1
    assert days_kept(Kind.OWNER) == 1600
    assert place_again() == 0
