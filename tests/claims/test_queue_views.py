"""Lists kept under a name: one's own."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.desk_queue.errors import ViewNotSaved
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.views_saved import (
    MOST_VIEWS,
    remove_view,
    rename_view,
    save_view,
    views_of,
)
from tests.cast import Desk

pytestmark = pytest.mark.django_db
PHONED = Filters(QueueList.ANSWERED, country="US")


def names(desk: Desk) -> list[str]:
    return [view.name for view in views_of(desk.cast.author)]


def test_a_list_is_kept_and_found_by_whose_it_is_only(desk: Desk) -> None:
    save_view(by=desk.cast.author, name="  Answered,  US ", filters=PHONED)
    (view,) = views_of(desk.cast.author)
    assert (view.name, view.query) == ("Answered, US", "list=answered&country=US")
    assert views_of(desk.cast.approver) == ()


def test_the_same_name_is_the_same_view(desk: Desk) -> None:
    save_view(by=desk.cast.author, name="Mine", filters=PHONED)
    save_view(by=desk.cast.author, name="mine", filters=Filters(QueueList.DANGER))
    save_view(by=desk.cast.approver, name="Mine", filters=PHONED)
    assert [view.query for view in views_of(desk.cast.author)] == ["list=danger"]


def test_a_view_is_renamed_and_removed_by_whose_it_is_only(desk: Desk) -> None:
    save_view(by=desk.cast.author, name="Mine", filters=PHONED)
    save_view(by=desk.cast.author, name="Other", filters=PHONED)
    view_id = views_of(desk.cast.author)[0].view_id
    with pytest.raises(ViewNotSaved):
        rename_view(by=desk.cast.approver, view_id=view_id, name="Yours")
    remove_view(by=desk.cast.approver, view_id=view_id)
    with pytest.raises(ViewNotSaved):
        rename_view(by=desk.cast.author, view_id=view_id, name="OTHER")
    rename_view(by=desk.cast.author, view_id=view_id, name="Renamed")
    assert names(desk) == ["Other", "Renamed"]
    remove_view(by=desk.cast.author, view_id=view_id)
    assert names(desk) == ["Other"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(ViewNotSaved):
        save_view(by=desk.cast.author, name=name, filters=PHONED)


def test_so_many_views_and_no_more(desk: Desk) -> None:
    for number in range(MOST_VIEWS):
        save_view(by=desk.cast.author, name=f"View {number}", filters=PHONED)
    with pytest.raises(ViewNotSaved):
        save_view(by=desk.cast.author, name="One more", filters=PHONED)
    save_view(by=desk.cast.author, name="View 3", filters=PHONED)


def test_whoever_left_keeps_nothing(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        save_view(by=desk.cast.outsider, name="Mine", filters=PHONED)
