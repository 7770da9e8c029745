"""Lists that somebody keeps under a name of their own.

Guarantees: a view is seen, renamed and removed by whose it is and nobody else; what is kept is
filters, read and written anew, so that nothing else of an address is ever kept.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import ViewNotSaved
from recalldesk.claims.desk_queue.filters import Filters, query_of
from recalldesk.claims.models import SavedView

LONGEST_NAME = 60
MOST_VIEWS = 30


@dataclass(frozen=True)
class View:
    """One view. `query` is what stands behind the question mark."""

    view_id: int
    name: str
    query: str


def views_of(by: Staff) -> tuple[View, ...]:
    """Whoever asks gets their own, by name."""
    rows = SavedView.objects.filter(staff=by).order_by("name", "pk")
    return tuple(View(row.pk, row.name, row.query) for row in rows)


def save_view(*, by: Staff, name: str, filters: Filters) -> None:
    """Keeps a list; one of the same name is replaced. Raises NotPermitted, ViewNotSaved."""
    require(by, Permission.SEE_CLAIMS)
    named = _name(name)
    mine = SavedView.objects.filter(staff=by)
    if mine.filter(name__iexact=named).update(name=named, query=query_of(filters)):
        return
    if mine.count() >= MOST_VIEWS:
        raise ViewNotSaved(f"You keep {MOST_VIEWS} views, and no more fit.", "Remove one first.")
    _write(SavedView(staff=by, name=named, query=query_of(filters)))


def rename_view(*, by: Staff, view_id: int, name: str) -> None:
    """Another name for a view of one's own. Raises ViewNotSaved."""
    view = SavedView.objects.filter(staff=by, pk=view_id).first()
    if view is None:
        raise ViewNotSaved("This view is not there any more.", "Save the list anew.")
    view.name = _name(name)
    _write(view)


def remove_view(*, by: Staff, view_id: int) -> None:
    """Removes a view of one's own; one that is not there is removed already."""
    SavedView.objects.filter(staff=by, pk=view_id).delete()


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ViewNotSaved(f"A view's name has 1 to {LONGEST_NAME} characters.", "Give another.")
    return name


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise ViewNotSaved("You have a view of this name.", "Give another.") from error
