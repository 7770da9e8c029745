"""The words of the pages of waves. Nothing of a person is in them."""

from collections.abc import Mapping

from recalldesk.mailing.states import SendError
from recalldesk.outreach.reads.answers import Only
from recalldesk.outreach.reads.notices import Having, NoticeRow
from recalldesk.outreach.states import (
    STANDS,
    AnswerKind,
    NoticeState,
    Suppression,
    WaveKind,
    WaveState,
    Way,
    Withheld,
)

WAYS: Mapping[Way, str] = {
    Way.EMAIL: "e-mail",
    Way.SMS: "text message",
    Way.LETTER: "letter",
    Way.PHONE: "phone call",
}
KINDS: Mapping[WaveKind, str] = {each: str(each.label).lower() for each in WaveKind}
WAVE_STATES: Mapping[WaveState, str] = {each: str(each.label).lower() for each in WaveState}
NOTICE_STATES = STANDS
NOT_REACHED = frozenset({NoticeState.REFUSED, NoticeState.BOUNCED, NoticeState.GIVEN_UP})
WITHHELD: Mapping[Withheld, str] = {
    Withheld.ANSWERED: "all units are answered for",
    Withheld.SUPPRESSED: "not to be written to",
    Withheld.STOPPED: "the wave was stopped",
    Withheld.NO_SUCH_WAY: "cannot be reached so",
    Withheld.TAKEN_BACK: "whoever named them took it back",
    Withheld.LAPSED: "nobody finished it; a later wave took it over",
    Withheld.LET_GO: "in the recall no more, or came back to the shop",
}
ANSWERS: Mapping[AnswerKind, str] = {
    AnswerKind.NOT_MINE: "did not buy it",
    AnswerKind.SOLD: "sold it or gave it away",
    AnswerKind.THREW_AWAY: "threw it away",
    AnswerKind.DONE_ALREADY: "did it already",
    AnswerKind.NOTHING_MORE: "wants to be told nothing more",
}
ANSWERS_SAY: Mapping[AnswerKind, str] = {
    AnswerKind.NOT_MINE: "This contact is not written to again; others of the purchaser are.",
    AnswerKind.SOLD: "Counts for its units; whoever has them now is told, where named.",
    AnswerKind.THREW_AWAY: "Counts for its units.",
    AnswerKind.DONE_ALREADY: "Counts for its units: nothing ties a claim to them otherwise.",
    AnswerKind.NOTHING_MORE: "This contact is not written to again; its units stay open.",
}
ONLY_ANSWERS: Mapping[Only, str] = {
    Only.TO_TELL: "new owners to tell",
    Only.SAYS_SO: "did it already, as they say",
    Only.PROVEN: "did it already, as a claim shows",
    Only.TAKEN_BACK: "taken back",
}
HAVING: Mapping[Having, str] = {
    Having.REPEATS: "perhaps sent twice",
    Having.LATER: "tried again later",
    Having.DELIVERED: "delivered, as somebody tells",
    Having.OPENED: "its link was used",
    Having.ANSWERS: "answered",
    Having.CLAIMS: "a claim was filed",
}
SUPPRESSIONS: Mapping[Suppression, str] = {
    Suppression.BOUNCED: "a notice came back for good",
    Suppression.COMPLAINED: "complained of a mail",
    Suppression.STOPPED_TEXTS: "answered STOP",
    Suppression.ASKED: "wants to be told nothing more",
    Suppression.NOT_THEIRS: "did not buy the unit",
}
MOVED: Mapping[str, str] = {
    NoticeState.WAITING: "made ready",
    NoticeState.PRINTED: "put in a print file",
    NoticeState.SENT: "sent",
    NoticeState.REFUSED: "refused for good",
    NoticeState.BOUNCED: "came back",
    NoticeState.GIVEN_UP: "given up",
    NoticeState.WITHHELD: "withheld",
}


def state_words(row: NoticeRow) -> str:
    """Where a notice stands, with why."""
    said = NOTICE_STATES[row.state]
    if row.withheld in (Withheld.STOPPED, Withheld.LAPSED) and row.handed_out_at:
        on = f"{row.handed_out_at:%Y-%m-%d}"
        return f"{said}: {WITHHELD[row.withheld]}, after it was handed out on {on}"
    if row.withheld:
        return f"{said}: {WITHHELD[row.withheld]}"
    if row.last_error and row.state is not NoticeState.SENT:
        return f"{said}: {error_words(row.last_error)}"
    return said


def error_words(error: SendError) -> str:
    """What went wrong, within a sentence."""
    text = str(error.label)
    return text[:1].lower() + text[1:]


def came_back_words(row: NoticeRow) -> str:
    """What came back of a notice: answers and claims."""
    said = [ANSWERS[each] for each in row.answers]
    said += [f"claim {each}" for each in row.filings]
    if not said and row.opened_at:
        said.append("its link was used")
    return ", ".join(said)


def in_list(words: list[str]) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
