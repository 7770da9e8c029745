"""Notices as a proof shows them: to whom, by what, with which words, and what came back.

Guarantee: the words are those that were approved, with the places still open that each notice
filled: a proof gives nobody the link of somebody else.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recalldesk.accounts.models import Staff
from recalldesk.audit.reads import LoggedRow, rows_about
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.mailing.letters import message_id
from recalldesk.mailing.states import SendError
from recalldesk.outreach.answering.of_erased import GIVEN
from recalldesk.outreach.models import (
    Answer,
    Call,
    DirectNotice,
    NamedPurchase,
    NoticeFiling,
    Wave,
    WaveText,
)
from recalldesk.outreach.proof.parts import Entry, ProvenAnswer, ProvenCall, ProvenNotice
from recalldesk.outreach.states import AnswerKind, CallOutcome, NoticeState, Way, Withheld
from recalldesk.purchasers.reads.shown import contact_in_words
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.reads import document_of
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True)
class _Beside:
    """What belongs to notices, read for all of them at once."""

    texts: Mapping[tuple[int, str, str], WaveText]
    purchases: Mapping[int, list[int]]
    answers: Mapping[int, list[ProvenAnswer]]
    calls: Mapping[int, list[ProvenCall]]
    filings: Mapping[int, list[str]]
    begun: Mapping[int, list[str]]
    log: Mapping[int, list[Entry]]
    senders: Mapping[int, str]


def noticed(notices: Sequence[DirectNotice], *, in_full: bool) -> tuple[ProvenNotice, ...]:
    """These notices. In full only for who may, with a row of the log. Raises SealingError."""
    beside = _beside(notices)
    return tuple(_noticed(each, beside, in_full=in_full) for each in notices)


def digest_of_text(text: WaveText) -> str:
    """The SHA-256 of what a wave says in one way and language, as it was approved."""
    return hashlib.sha256(f"{text.subject}\n\n{text.body}".encode()).hexdigest()


def _noticed(row: DirectNotice, beside: _Beside, *, in_full: bool) -> ProvenNotice:
    wave = row.wave
    text = beside.texts.get((wave.pk, row.way, row.language))
    return ProvenNotice(
        number=row.pk,
        wave=wave.number,
        wave_name=wave.name,
        wave_kind=str(wave.get_kind_display()),
        approved_by=wave.approved_by.name if wave.approved_by else "",
        approved_at=wave.approved_at,
        version=wave.version.number if wave.version else None,
        way=row.way,
        to=contact_in_words(ContactKind(row.kind), opened(row, "sealed_to"), in_full=in_full),
        language=row.language,
        subject=text.subject if text else "",
        body=text.body if text else "",
        text=digest_of_text(text) if text else "",
        purchases=tuple(beside.purchases.get(row.pk, ())),
        message_id=_message_id(row, beside.senders.get(wave.pk, "")),
        state=row.state,
        why=why_not(row),
        made_at=row.made_at,
        not_before=row.not_before if row.state == NoticeState.WAITING else None,
        first_tried_at=row.first_tried_at,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        ended_at=row.ended_at,
        opened_at=row.opened_at,
        attempts=row.attempts,
        repeats=row.repeats,
        answers=tuple(beside.answers.get(row.pk, ())),
        calls=tuple(beside.calls.get(row.pk, ())),
        filings=tuple(beside.filings.get(row.pk, ())),
        begun=tuple(beside.begun.get(row.pk, ())),
        log=tuple(beside.log.get(row.pk, ())),
    )


def _message_id(row: DirectNotice, sender: str) -> str:
    """Empty for a letter or a call."""
    if row.way == Way.EMAIL:
        return message_id(row.random_id, sender)
    return row.random_id.hex if row.way == Way.SMS else ""


def why_not(row: DirectNotice) -> str:
    """Why a notice was withheld, or what went wrong last; empty where nothing did."""
    if row.withheld:
        label = str(Withheld(row.withheld).label)
        if row.withheld in (Withheld.STOPPED, Withheld.LAPSED) and row.handed_out_at:
            on = f"{row.handed_out_at:%Y-%m-%d}"
            return f"{label}, after it was handed out on {on}: it may have reached them"
        return label
    return SendError(row.last_error).label if row.last_error else ""


def _beside(notices: Sequence[DirectNotice]) -> _Beside:
    numbers = [each.pk for each in notices]
    waves = {each.wave_id: each.wave for each in notices}
    purchases = defaultdict[int, list[int]](list)
    filings, begun = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    named = NamedPurchase.objects.filter(notice__in=numbers).order_by("purchase_id")
    for notice, purchase in named.values_list("notice_id", "purchase_id"):
        purchases[notice].append(purchase)
    for tied in NoticeFiling.objects.filter(notice__in=numbers).select_related("filing"):
        of_its_kind = filings if tied.filing.filed_at else begun
        of_its_kind[tied.notice_id].append(tied.filing.reference)
    return _Beside(
        texts={
            (each.wave_id, each.way, each.language): each
            for each in WaveText.objects.filter(wave__in=list(waves))
        },
        purchases=purchases,
        answers=_answers(numbers),
        calls=_calls(numbers),
        filings=filings,
        begun=begun,
        log=_logged(numbers),
        senders={number: _sender(wave) for number, wave in waves.items()},
    )


def _answers(numbers: Sequence[int]) -> Mapping[int, list[ProvenAnswer]]:
    found = defaultdict[int, list[ProvenAnswer]](list)
    for answer in (
        Answer.objects.filter(GIVEN, notice__in=numbers).select_related("by").order_by("pk")
    ):
        found[answer.notice_id].append(
            ProvenAnswer(
                kind=AnswerKind(answer.kind).label,
                units=answer.units,
                at=answer.at,
                by=answer.by.name if answer.by else "",
                undone_at=answer.undone_at,
            )
        )
    return found


def _calls(numbers: Sequence[int]) -> Mapping[int, list[ProvenCall]]:
    found = defaultdict[int, list[ProvenCall]](list)
    for call in Call.objects.filter(notice__in=numbers).select_related("by").order_by("pk"):
        found[call.notice_id].append(
            ProvenCall(CallOutcome(call.outcome).label, call.at, call.by.name)
        )
    return found


def _sender(wave: Wave) -> str:
    """By whose address the wave's mails go, of which their Message-ID bears the domain."""
    brands = document_of(wave.version).brands if wave.version else ()
    return brands[0].sender if brands else ""


def _logged(numbers: Sequence[int]) -> Mapping[int, list[Entry]]:
    """What the log says of each."""
    rows = rows_about({Subject.NOTICE: numbers})
    staff = {each.row.actor_id or 0 for each in rows if each.row.actor == Actor.STAFF}
    names = dict(Staff.objects.filter(pk__in=staff).values_list("pk", "name"))
    found = defaultdict[int, list[Entry]](list)
    for each in rows:
        found[each.row.subject_id].append(_entry(each, names))
    return found


def _entry(each: LoggedRow, names: Mapping[int, str]) -> Entry:
    row = each.row
    by = names.get(row.actor_id or 0, "") if row.actor == Actor.STAFF else ""
    return Entry(
        number=row.pk,
        at=row.at,
        moved=" → ".join(state for state in (row.from_state, row.to_state) if state),
        reason=Reason(row.reason).label if row.reason else "",
        by=by or Actor(row.actor).label,
        sealed=each.place is not None,
    )
