"""A wave as the list shows it. Nothing here asks the database."""

from dataclasses import dataclass

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.console.queue_words import received_words
from recalldesk.console.wave_words import KINDS, WAVE_STATES, WAYS, in_list
from recalldesk.console.wave_work_shown import Figure
from recalldesk.console.waves_asked import notices_address, wave_address
from recalldesk.foundation import clock
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.notices import Having, NoticeFilters
from recalldesk.outreach.reads.waves import WaveRow
from recalldesk.outreach.states import NoticeState, WaveKind, WaveState, Way


@dataclass(frozen=True)
class ListedWave:
    """A row of the list."""

    number: int
    name: str
    url: str
    state: str
    kind: str
    ways: str
    waits_for_me: bool
    figures: tuple[Figure, ...]
    written: str
    approved: str


def listed(row: WaveRow, answered: int, person: Staff) -> ListedWave:
    """A wave."""
    wave = row.wave
    sent, waiting, back = (
        NoticeFilters(state=state)
        for state in (NoticeState.SENT, NoticeState.WAITING, NoticeState.BOUNCED)
    )
    return ListedWave(
        number=wave.number,
        name=wave.name,
        url=wave_address("wave", wave),
        state=WAVE_STATES[WaveState(wave.state)],
        kind=KINDS[WaveKind(wave.kind)],
        ways=ways_words(wave),
        waits_for_me=waits_for(wave, person),
        figures=(
            _figure(wave, "Sent", row.notices.get(NoticeState.SENT, 0), sent),
            _figure(wave, "Waiting", row.notices.get(NoticeState.WAITING, 0), waiting),
            _figure(wave, "Came back", row.notices.get(NoticeState.BOUNCED, 0), back, is_bad=True),
            _figure(wave, "Answered", answered, NoticeFilters(having=Having.ANSWERS)),
        ),
        written=wave.written_by.name if wave.written_by else "",
        approved=approved_words(wave),
    )


def ways_words(wave: Wave) -> str:
    """By what it goes."""
    return in_list([WAYS[way] for way in Way if way.value in wave.ways])


def approved_words(wave: Wave) -> str:
    """Who approved it, and when; empty where nobody did."""
    if wave.approved_by is None:
        return ""
    return f"{wave.approved_by.name}, {received_words(wave.approved_at, clock.now().date())}"


def waits_for(wave: Wave, person: Staff) -> bool:
    """Whether this person is one of those who can approve it now."""
    return wave.state == WaveState.ASKED and may_approve(wave, person)


def may_approve(wave: Wave, person: Staff) -> bool:
    """Whether this person may approve it: whoever wrote it or asked for it may not."""
    is_other = person.pk not in (wave.written_by_id, wave.asked_by_id)
    return person.may(Permission.APPROVE_WAVES) and is_other


def _figure(
    wave: Wave, head: str, number: int, filters: NoticeFilters, *, is_bad: bool = False
) -> Figure:
    url = notices_address(wave, filters) if number else ""
    return Figure(head, number, url, head, is_bad=is_bad and number > 0)
