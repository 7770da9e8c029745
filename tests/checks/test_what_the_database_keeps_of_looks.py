"""What the database itself refuses of second looks by photo."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from recalldesk.checks import photo_looks
from recalldesk.checks.models import PhotoLook
from recalldesk.checks.states import LOOK_MOVES, LookState
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall

pytestmark = pytest.mark.django_db


@pytest.fixture
def look() -> PhotoLook:
    recall = Recall.objects.create(slug="kettle-k20")
    made, _token = photo_looks.begin_look(recall=recall, fields={"serial": "TW24013338"})
    return made


def refused(look: PhotoLook, **changes: object) -> bool:
    try:
        with transaction.atomic():
            PhotoLook.objects.filter(pk=look.pk).update(**changes)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("before", LookState)
@pytest.mark.parametrize("after", LookState)
def test_it_moves_along_its_table_only(
    look: PhotoLook, before: LookState, after: LookState
) -> None:
    now = clock.now()
    empty = {"digest": None, "sealed_asked": b"", "sealed_reading": b"", "ended_at": now}
    ways = {
        LookState.WAITING: [],
        LookState.READ: [LookState.READ],
        LookState.ANSWERED: [LookState.READ, LookState.ANSWERED],
        LookState.ENDED: [LookState.ENDED],
    }
    for state in ways[before]:
        more = empty if state is LookState.ENDED else {"read_at": now}
        assert not refused(look, state=state, **more)
    more = empty if after is LookState.ENDED else {"read_at": now}
    is_legal = after in LOOK_MOVES[before] or after is before
    assert refused(look, state=after, **more) is not is_legal


def test_one_that_has_ended_holds_nothing(look: PhotoLook) -> None:
    assert refused(look, state=LookState.ENDED, ended_at=clock.now())
    assert refused(look, state=LookState.ENDED, ended_at=clock.now(), digest=None)


def test_its_question_is_never_another(look: PhotoLook) -> None:
    assert refused(look, asked_at=clock.now() + timedelta(hours=1))
    assert refused(look, number=2)


def test_it_is_never_deleted(look: PhotoLook) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        look.delete()


def test_what_was_typed_is_sealed_and_comes_back(look: PhotoLook) -> None:
    assert b"TW24013338" not in bytes(look.sealed_asked)
    assert photo_looks.question_of(look).fields == {"serial": "TW24013338"}


def test_ending_it_again_changes_nothing(look: PhotoLook) -> None:
    photo_looks.end_look(look=look)
    ended_at = PhotoLook.objects.get(pk=look.pk).ended_at
    photo_looks.end_look(look=look)
    assert PhotoLook.objects.get(pk=look.pk).ended_at == ended_at
