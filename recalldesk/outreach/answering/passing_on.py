"""Whoever has the unit now is told, too.

Guarantees: they get the standard words of an approved wave and nothing that anybody typed; the
notice does not say who named them; a contact is written to once in a wave, whoever names it, never
where it is suppressed, and by one notice's answers no more than a few are. Whom no machine can
write to stands on the desk's list.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.outreach.answering.errors import AnswerFault, AnswerRefused
from recalldesk.outreach.answering.next_owner import NextOwner, next_owners_of, sealed_next
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Answer, DirectNotice, PassedOn, Wave
from recalldesk.outreach.states import NoticeState, WaveKind, WaveState, Way, Withheld
from recalldesk.outreach.suppressing import is_suppressed
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import sealed

MOST_NEXT_OWNERS = 5
"""Whom the answers to one notice may name in all, also those that were taken back."""
DOMAIN = "outreach.DirectNotice.domain_digest"
AT_WORK = (WaveState.SENDING, WaveState.PAUSED, WaveState.DONE)
WAYS = {ContactKind.EMAIL: (Way.EMAIL,), ContactKind.PHONE: (Way.SMS, Way.PHONE)}


@transaction.atomic
def name_next_owner(*, answer: Answer, owner: NextOwner, by: Staff | None = None) -> bool:
    """Keeps who has a unit now beside an answer that stands, and has them told. False where nobody
    is written to: the desk sees it. Raises AnswerRefused."""
    held = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("notice__wave")
        .get(pk=answer.pk)
    )
    named = next_owners_of(held)
    is_new = all(each.digest != owner.digest for each in named)
    if held.undone_at is not None:
        raise AnswerRefused(AnswerFault.TAKEN_BACK)
    if is_new:
        if len(named) >= held.units or _named_before(held.notice) >= MOST_NEXT_OWNERS:
            raise AnswerRefused(AnswerFault.TOO_MANY_OWNERS)
        kept = sealed_next((*named, owner), recall_id=held.notice.recall_id)
        held.sealed_next = answer.sealed_next = kept
        held.save(update_fields=["sealed_next"])
        PassedOn.objects.create(
            answer=held, recall_id=held.notice.recall_id, contact_digest=owner.digest
        )
    found = _by_what(held.notice, owner)
    if found is None:
        is_told = _kept_back(owner, held, Withheld.NO_SUCH_WAY, by)
    else:
        is_told = _notice_to(owner, held, *found, by)
    if is_new:
        _more_units(owner, held, _share(held))
    return is_told


@transaction.atomic
def call_back_notices(answer: Answer, by: Staff | None) -> None:
    """An answer is taken back: whom it named is not told any more, where it is not too late."""
    led_to = answer.led_to.select_for_update(of=("self",))
    early = led_to.filter(state__in=[NoticeState.WAITING, NoticeState.WITHHELD], tried_at=None)
    for notice in early.exclude(withheld=Withheld.TAKEN_BACK):
        was = NoticeState(notice.state)
        notice.state, notice.withheld = NoticeState.WITHHELD, Withheld.TAKEN_BACK
        notice.save(update_fields=["state", "withheld"])
        _record(notice, was, NoticeState.WITHHELD, by)


def _share(given: Answer) -> int:
    """How many units each of those may have whom an answer named: all that no other of them has."""
    return max(1, given.units - given.passed_on.count() + 1)


def _more_units(owner: NextOwner, given: Answer, units: int) -> None:
    """Where no notice bears this answer, since they were named before or bought one themselves, a
    notice that they have lets them answer for as many units more."""
    theirs = DirectNotice.objects.filter(
        recall_id=given.notice.recall_id, contact_digest=owner.digest
    ).exclude(wave__kind=WaveKind.REMINDER)
    if not theirs.filter(passed_on_by=given).exists():
        notice = theirs.order_by("pk").first()
        if notice is not None:
            DirectNotice.objects.filter(pk=notice.pk).update(units=F("units") + units)


def _named_before(notice: DirectNotice) -> int:
    return sum(len(next_owners_of(each)) for each in notice.answers.exclude(sealed_next=b""))


def _by_what(notice: DirectNotice, owner: NextOwner) -> tuple[Wave, Way] | None:
    """The wave and way whose words are for them: those of a first notice, since nobody wrote to
    them before."""
    for wave in _waves(notice.wave):
        for way in WAYS[owner.kind]:
            if way not in wave.ways or (way is Way.SMS and not are_texts_sent()):
                continue
            if _language(wave, way, notice.language):
                return wave, way
    return None


def _waves(own: Wave) -> Iterator[Wave]:
    strength = Audience.from_stored(own.audience).strength
    if own.kind != WaveKind.REMINDER and own.state in AT_WORK:
        yield own
    rows = Wave.objects.filter(recall=own.recall_id, kind=WaveKind.FIRST, state__in=AT_WORK)
    for wave in rows.exclude(pk=own.pk).exclude(prepared_at=None).order_by("-number"):
        if Audience.from_stored(wave.audience).strength == strength:
            yield wave


def _language(wave: Wave, way: Way, wanted: str) -> str:
    """The language of the reader's own notice, else one that the wave has; none where it has no
    words in this way."""
    has = list(wave.texts.filter(way=way).order_by("pk").values_list("language", flat=True))
    return wanted if wanted in has else next(iter(has), "")


def _notice_to(owner: NextOwner, given: Answer, wave: Wave, way: Way, by: Staff | None) -> bool:
    if is_suppressed(contact_digest=owner.digest, way=way, recall_id=wave.recall_id):
        return _kept_back(owner, given, Withheld.SUPPRESSED, by)
    notice, is_new = _row(owner, given, wave, way)
    if not is_new and notice.state == NoticeState.WITHHELD and notice.attempts == 0:
        notice.state, notice.withheld, notice.passed_on_by = NoticeState.WAITING, "", given
        notice.save(update_fields=["state", "withheld", "passed_on_by"])
        is_new = True
    if is_new:
        _record(notice, "", NoticeState.WAITING, by)
        _wake(wave, by)
    return True


def _kept_back(owner: NextOwner, given: Answer, why: Withheld, by: Staff | None) -> bool:
    """A row that says so, for the desk to see: never sent by a machine."""
    notice, is_new = _row(owner, given, given.notice.wave, WAYS[owner.kind][-1], why)
    if is_new:
        _record(notice, "", NoticeState.WITHHELD, by)
    return False


def _row(
    owner: NextOwner, given: Answer, wave: Wave, way: Way, why: Withheld | None = None
) -> tuple[DirectNotice, bool]:
    domain = owner.form.rpartition("@")[2] if owner.kind is ContactKind.EMAIL else ""
    recall_id = wave.recall_id
    return DirectNotice.objects.get_or_create(
        wave=wave,
        way=way,
        contact_digest=owner.digest,
        defaults={
            "recall_id": recall_id,
            "passed_on_by": given,
            "kind": owner.kind,
            "sealed_to": sealed(DirectNotice, "sealed_to", owner.contact, recall_id=recall_id),
            "language": _language(wave, way, given.notice.language) or given.notice.language,
            "country": given.notice.country,
            "units": _share(given),
            "state": NoticeState.WITHHELD if why else NoticeState.WAITING,
            "withheld": why or "",
            "domain_digest": vault.digest_for_lookup(domain, purpose=DOMAIN) if domain else b"",
        },
    )


def _wake(wave: Wave, by: Staff | None) -> None:
    """A wave that was sent is at work again."""
    held = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if held.state != WaveState.DONE:
        return
    held.state, held.ended_at = WaveState.SENDING, None
    held.save(update_fields=["state", "ended_at"])
    record_change(
        subject=Subject.WAVE,
        subject_id=held.pk,
        from_state=WaveState.DONE,
        to_state=WaveState.SENDING,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=held.recall_id,
    )


def _record(notice: DirectNotice, was: str, is_now: str, by: Staff | None) -> None:
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=was,
        to_state=is_now,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=notice.recall_id,
    )
