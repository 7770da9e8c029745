"""A wave as its pages show it: what it is, who may do what, what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.audit.models import StateChange
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Reason, Subject
from recalldesk.console.purchaser_shown import day_words
from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.queue_words import received_words
from recalldesk.console.wave_listed import approved_words, may_approve, ways_words
from recalldesk.console.wave_words import KINDS, WAYS, in_list
from recalldesk.foundation import clock
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.purchasers.states import Strength

HAPPENED = {
    WaveState.DRAFT: "begun",
    WaveState.ASKED: "asked for approval",
    WaveState.APPROVED: "approved",
    WaveState.SENDING: "being sent",
    WaveState.PAUSED: "paused",
    WaveState.DONE: "sent",
    WaveState.STOPPED: "stopped for good",
    "changed": "changed",
}
RECALLDESK = "Recalldesk"


@dataclass(frozen=True)
class Happened:
    """A row of the log, in words."""

    at: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True)
class Act:
    """Something that can be done with a wave at work. `confirm`: what is ticked first, or empty."""

    do: str
    words: str
    says: str
    confirm: str = ""


PAUSE = Act("pause", "Pause it", "Within seconds nothing more is sent; it goes on where it stood.")
RESUME = Act("resume", "Let it go on", "It goes on where it stood.")
STOP = Act(
    "stop",
    "Stop it for good",
    "What was not sent yet is never sent. A wave that was stopped does not go on.",
    "Yes, for good",
)
ACTS = {
    WaveState.ASKED: (STOP,),
    WaveState.APPROVED: (PAUSE, STOP),
    WaveState.SENDING: (PAUSE, STOP),
    WaveState.PAUSED: (RESUME, STOP),
}


def acts_of(wave: Wave) -> tuple[Act, ...]:
    """What can be done with it now."""
    return ACTS.get(WaveState(wave.state), ())


def begins_words(wave: Wave) -> str:
    """When it begins, once it is approved."""
    if wave.starts_at is None or wave.starts_at <= clock.now():
        return "as soon as it is approved" if wave.approved_at is None else "within a minute"
    return f"on {wave.starts_at:%A}, {moment_words(wave.starts_at)} UTC"


def moment_words(at: datetime | None) -> str:
    """A moment, in UTC."""
    return received_words(at, clock.now().date())


def facts_of(wave: Wave) -> list[tuple[str, str]]:
    """Who, by what, when and how fast."""
    asked = Audience.from_stored(wave.audience)
    found = [
        ("For", KINDS[WaveKind(wave.kind)]),
        ("Who", audience_words(asked)),
        ("By", ways_words(wave) or "nothing chosen yet"),
        ("Costs of one", _costs(wave)),
        ("Start", f"{moment_words(wave.starts_at)} UTC" if wave.starts_at else "once approved"),
        ("At most", f"{wave.per_minute:,} a minute, {wave.per_domain:,} to one mail domain"),
        ("Of version", str(wave.version.number) if wave.version else ""),
        ("Written by", wave.written_by.name if wave.written_by else ""),
        ("Asked by", _by(wave.asked_by, wave.asked_at)),
        ("Approved by", approved_words(wave)),
        ("Ended", f"{moment_words(wave.ended_at)} UTC" if wave.ended_at else ""),
    ]
    if wave.kind == WaveKind.REMINDER:
        found.insert(2, ("Silent for", f"{wave.silent_days} days or more"))
    return [(name, value) for name, value in found if value]


def audience_words(asked: Audience) -> str:
    """Whom it is for, in a line."""
    strong = asked.strength is Strength.STRONG
    said = ["those who bought an affected unit" if strong else "those who may have bought one"]
    if asked.countries:
        said.append(f"in {in_list(list(asked.countries))}")
    if asked.channels:
        said.append(f"at {in_list([CHANNELS[each] for each in asked.channels])}")
    if asked.products:
        said.append(f"of {in_list(list(asked.products))}")
    if asked.ordered_from:
        said.append(f"from {day_words(asked.ordered_from)}")
    if asked.ordered_until:
        said.append(f"until {day_words(asked.ordered_until)}")
    return " ".join(said)


def approvers_words(wave: Wave) -> str:
    """Who may approve it, by name."""
    names = [each.name for each in staff_who_may(Permission.APPROVE_WAVES) if _other(wave, each)]
    if not names:
        return "Nobody else here may approve it: an administrator gives somebody the role."
    return f"It can be approved by {' or '.join(names)}."


def why_not_words(wave: Wave, person: Staff) -> str:
    """Why this person does not approve what waits."""
    if wave.state == WaveState.DRAFT:
        return "It is still being written."
    if not person.may(Permission.APPROVE_WAVES):
        return "It waits for a second person; you may not approve waves."
    if not may_approve(wave, person):
        return "It waits for a second person: you wrote it, or asked for it."
    return ""


def history_of_wave(wave: Wave) -> list[Happened]:
    """What the log says of it, the newest first."""
    rows = rows_about({Subject.WAVE: [wave.pk]})
    people = dict(
        Staff.objects.filter(pk__in={each.row.actor_id for each in rows}).values_list("pk", "name")
    )
    return [
        Happened(
            each.row.at,
            people.get(each.row.actor_id or 0, RECALLDESK),
            _what(each.row),
            each.note,
        )
        for each in reversed(rows)
    ]


def sent_back_last(history: list[Happened]) -> Happened | None:
    """Why it was sent back, where nobody asked for it since."""
    for each in history:
        if each.what == "sent back":
            return each
        if each.what in ("asked for approval", "taken back"):
            return None
    return None


def _what(row: StateChange) -> str:
    if row.reason == Reason.TEST_SENT:
        return "sent a test"
    if row.to_state == WaveState.DRAFT and row.from_state in (WaveState.ASKED, WaveState.APPROVED):
        return "sent back" if row.note_id else "taken back"
    return HAPPENED.get(row.to_state, row.to_state)


def _other(wave: Wave, person: Staff) -> bool:
    return person.pk not in (wave.written_by_id, wave.asked_by_id)


def _by(person: Staff | None, at: datetime | None) -> str:
    return f"{person.name}, {moment_words(at)}" if person else ""


def _costs(wave: Wave) -> str:
    return ", ".join(
        f"{WAYS[way]} {wave.costs[way.value]} {wave.currency}".strip()
        for way in Way
        if way.value in wave.costs
    )
