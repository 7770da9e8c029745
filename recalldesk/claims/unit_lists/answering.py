"""The lines of a list are looked up, each as one check.

Guarantees: a line gets the answer of a check, by the same rules and with the same memory of earlier
tries, and is counted as one; nothing is looked up before its owner's address is confirmed; an
address, and a network, is told so many lines a day and no more, whatever lists it sends; where it
was broken off it goes on; "not in this recall" is never said by a version that another followed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Network

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from recalldesk.claims.models import Filing, ToldLines
from recalldesk.claims.unit_lists.keeping import is_confirmed, keep_lines, locked_list, opened_lines
from recalldesk.claims.unit_lists.lines import Line, LineState, of_state
from recalldesk.foundation import clock
from recalldesk.recalls.reads import live_recalls
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid
from recalldesk.units.second_look import binding_token, redeem
from recalldesk.units.verdict.answer import SEVERITY, Answer, Verdict

A_DAY = timedelta(days=1)
MOST_TOLD_TO_ONE = 3_000
"""Lines a day to one address: a whole list, and half of it once more."""
MOST_TOLD_TO_NETWORK = 6_000
"""Lines a day to one network: a thirtieth of what the page of a check answers it, one by one."""
WIDE = 48
"""Bits of an IPv6 address that one client has for itself, as whoever limits checks counts it."""
A_PORTION = 500
"""Lines that are kept at once."""
ONE_AFTER_THE_OTHER = 0x6C69_7374
"""The advisory lock under which it is counted how much was told."""

Ask = Callable[[str, str], Answer]
"""Asks about a serial, with the token of earlier tries; it counts the check."""


@dataclass(frozen=True)
class Answered:
    """How far a list is answered. `again_at`: when more may be told, where that is what it waits
    for; `is_unavailable`: nobody can answer at this moment; `is_unconfirmed`: the mailed link was
    not opened yet."""

    waiting: int
    again_at: datetime | None = None
    is_unavailable: bool = False
    is_unconfirmed: bool = False

    @property
    def is_held_up(self) -> bool:
        """Whether nothing more can be told at this moment."""
        return self.is_unavailable or self.is_unconfirmed or self.again_at is not None


def answer_list(*, filing_id: int, network: str, ask: Ask) -> Answered:
    """Looks up what waits, as far as may be told today; anew what was not recalled before a version
    went live that may cover it."""
    _wait_anew(filing_id)
    while True:
        found = _answer_some(filing_id, network, ask)
        if not found.waiting or found.is_held_up:
            return found


@transaction.atomic
def _wait_anew(filing_id: int) -> None:
    held = locked_list(filing_id)
    if held is None:
        return
    lines, count = opened_lines(held[1])
    went_live = max((live.published_at for live in live_recalls()), default=None)
    if went_live is None:
        return
    # So long an answer may still rest on what was live before.
    surely_since = (went_live + settings.INDEX_STALE_AFTER).timestamp()
    old = [each for each in of_state(lines, LineState.NOT_IN_RECALL) if each.checked < surely_since]
    for line in old:
        line.state = LineState.WAITING
    if old:
        keep_lines(held[1], lines, count)


@transaction.atomic
def _answer_some(filing_id: int, network: str, ask: Ask) -> Answered:
    held = locked_list(filing_id)
    if held is None:
        return Answered(0)
    filing, row = held
    lines, count = opened_lines(row)
    waiting = of_state(lines, LineState.WAITING)
    if not waiting:
        return Answered(0)
    if not is_confirmed(filing, row):
        return Answered(len(waiting), is_unconfirmed=True)
    room = _room(filing, network)
    told, again_at, is_unavailable = 0, None, False
    for line in waiting[:A_PORTION]:
        if told + line.costs > room:
            again_at = _when_again(filing, network)
            break
        told += line.costs
        try:
            answer_line(line, filing.recall.slug, ask)
        except AnswerUnavailable:
            is_unavailable = True
            break
    if told:
        _count(filing, network, told)
        keep_lines(row, lines, count)
    return Answered(len(of_state(lines, LineState.WAITING)), again_at, is_unavailable)


def answer_line(line: Line, slug: str, ask: Ask) -> None:
    """Looks up a line, and whatever stands beside its serial: the answer that weighs most is its
    own. Raises AnswerUnavailable; then the line is as it was."""
    found = [(line.text, _asked(line.text, line.token, ask))]
    found += [(text, _asked(text, "", ask)) for text in line.beside]
    text, answer = min(found, key=lambda each: SEVERITY.index(each[1].verdict))
    if answer.verdict is Verdict.AFFECTED:
        line.text = text
    line.state = _state_of(answer, slug)
    line.why, line.read_as = answer.why.value, answer.read_as
    line.look_at, line.named = answer.look_at, answer.named
    line.token = _token_of(answer, [each for _, each in found]) or line.token
    line.checked = answer.second
    weighs = [each for each in answer.recalls if each.verdict == answer.verdict]
    here = next((each for each in weighs if each.recall == slug), None)
    said = here or (weighs[0] if weighs else None)
    line.recall = "" if said is None or here else said.recall
    line.version = said.version if said else 0


def _token_of(answer: Answer, found: list[Answer]) -> str:
    """What binds the next attempt: a slip within reach in any cell of the row does."""
    tokens = [each.second_look for each in found if each.second_look]
    return next((each for each in tokens if redeem(each).within_reach), answer.second_look)


def _asked(text: str, token: str, ask: Ask) -> Answer:
    try:
        return ask(text, token)
    except SecondLookInvalid:  # it binds all the same, as on the page of a check
        return ask(text, binding_token())


def _state_of(answer: Answer, slug: str) -> LineState:
    if answer.verdict is Verdict.AFFECTED:
        is_here = any(
            each.recall == slug and each.verdict is Verdict.AFFECTED for each in answer.recalls
        )
        return LineState.IN_RECALL if is_here else LineState.ELSEWHERE
    return {
        Verdict.LOOK_AGAIN: LineState.LOOK_AGAIN,
        Verdict.ASK_A_PERSON: LineState.PERSON,
        Verdict.NOT_AFFECTED: LineState.NOT_IN_RECALL,
    }[answer.verdict]


def _digests(filing: Filing, network: str) -> tuple[bytes, bytes]:
    return (
        digest(ToldLines, "contact_digest", bytes(filing.email_digest).hex()),
        digest(ToldLines, "network_digest", _whole_network(network)),
    )


def _whole_network(network: str) -> str:
    """An IPv4 address, or the /48 of an IPv6 one: nobody is as many networks as it has parts."""
    if ":" not in network:
        return network
    return str(IPv6Network((network, WIDE), strict=False))


def _room(filing: Filing, network: str) -> int:
    """How many checks more may be told now. Whoever asks beside waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AFTER_THE_OTHER])
    to_one, to_network = (_sum(rows) for rows in _told_of_late(filing, network))
    return max(0, min(MOST_TOLD_TO_ONE - to_one, MOST_TOLD_TO_NETWORK - to_network))


def _told_of_late(filing: Filing, network: str) -> tuple[QuerySet[ToldLines], QuerySet[ToldLines]]:
    """What this address, and this network, was told within a day."""
    contact, of_network = _digests(filing, network)
    rows = ToldLines.objects.filter(at__gt=clock.now() - A_DAY)
    return rows.filter(contact_digest=contact), rows.filter(network_digest=of_network)


def _sum(rows: QuerySet[ToldLines]) -> int:
    return int(rows.aggregate(sum=Sum("lines"))["sum"] or 0)


def _when_again(filing: Filing, network: str) -> datetime:
    """When the oldest of what was told counts no more."""
    rows = _told_of_late(filing, network)
    oldest = [at for some in rows for at in some.order_by("at").values_list("at", flat=True)[:1]]
    return min(oldest, default=clock.now()) + A_DAY


def _count(filing: Filing, network: str, lines: int) -> None:
    contact, of_network = _digests(filing, network)
    ToldLines.objects.create(contact_digest=contact, network_digest=of_network, lines=lines)


def forget_told() -> int:
    """Deletes what limits nobody any more; returns how many rows."""
    return ToldLines.objects.filter(at__lte=clock.now() - A_DAY).delete()[0]
