"""The rows of the queue as a table says them.

Guarantee: a claim's link is there only where its page is; nothing of the owner but initials.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from recalldesk.accounts.models import Staff
from recalldesk.claims.desk_queue.filters import Filters, query_of
from recalldesk.claims.desk_queue.lists import IN_LIST, QueueList
from recalldesk.claims.desk_queue.rows import QueueRow
from recalldesk.claims.states import ClaimState, DeskList
from recalldesk.console.queue_words import (
    SPEAKS_AGAINST,
    STATES,
    Promised,
    promised_words,
    reason_in_short,
    received_words,
)


@dataclass(frozen=True)
class Tag:
    """Why a person looks. `kind` is a class of the stylesheet, or empty; `sign` stands before."""

    words: str
    kind: str = ""
    sign: str = ""


@dataclass(frozen=True)
class TableRow:
    """One claim. `waits`: it may be decided with others. `url` is empty where there is no page to
    open, `unit` for a first unit."""

    claim_id: int
    waits: bool
    name: str
    unit: str
    url: str
    owner: str
    recall: str
    tags: tuple[Tag, ...]
    channel: str
    country: str
    state: str
    received: str
    promised: Promised
    with_whom: str
    is_open: str
    alike: int = 0
    alike_url: str = ""


def table_of(rows: Iterable[QueueRow], *, by: Staff) -> list[TableRow]:
    """The rows, for whoever looks."""
    return [_row(row, by) for row in rows]


def address_of(row: QueueRow) -> str:
    """Where the claim opens; empty where there is no such page."""
    try:
        return reverse(
            "console:claim", kwargs={"reference": row.reference, "position": row.position}
        )
    except NoReverseMatch:
        return ""


def _row(row: QueueRow, by: Staff) -> TableRow:
    return TableRow(
        claim_id=row.claim_id,
        waits=row.state is ClaimState.IN_REVIEW,
        name=row.reference,
        unit=f"unit {row.position}" if row.position > 1 else "",
        url=address_of(row),
        owner=row.initials,
        recall=row.recall,
        tags=tuple(_tags(row)),
        channel=row.channel.label.lower(),
        country=row.country,
        state=STATES.get(row.state, row.state.value),
        received=received_words(row.filed_at, row.today),
        promised=promised_words(row.promised_on, row.today),
        with_whom=_named(row.assigned_to, by),
        is_open=_named(row.looked_at_by, by),
        alike=row.alike,
        alike_url=_alike_url(row),
    )


def _alike_url(row: QueueRow) -> str:
    """The queue with all claims of the list of units that this one stands for."""
    if not row.alike:
        return ""
    listed = next((each for each, desk in IN_LIST.items() if desk is row.desk), QueueList.ALL)
    query = query_of(Filters(list=listed, filing=row.reference))
    return f"{reverse('console:queue')}?{query}"


def _named(person: Staff | None, by: Staff) -> str:
    if person is None:
        return ""
    return "you" if person.pk == by.pk else person.name


def _tags(row: QueueRow) -> Iterator[Tag]:
    if row.is_dangerous:
        yield Tag("danger", "affected", "⚠")
    if row.is_appealed and row.desk is not DeskList.NONE:
        yield Tag("appeal")
    if row.desk is DeskList.ANSWERED:
        yield Tag("owner answered")
    for key in row.tags:
        if key != DeskList.DANGER:
            doubts = key in SPEAKS_AGAINST
            yield Tag(reason_in_short(key), "look" if doubts else "", "!" if doubts else "")
