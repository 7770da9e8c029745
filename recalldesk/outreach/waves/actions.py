"""What is done with waves: written, tested, approved by another, paused, stopped.

Guarantees: a wave moves only as the table of moves says, and each move is in the log; nobody
approves what they wrote or asked for; whatever is changed after it was asked for sends the wave
back to draft, so that only what somebody else has seen is ever sent.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.audience.counting import preview
from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.models.wave import PER_DOMAIN, PER_MINUTE
from recalldesk.outreach.states import WAVE_MOVES, WaveKind, WaveState, Way
from recalldesk.outreach.waves.changes import contents_of
from recalldesk.outreach.waves.contents import digest_of_contents
from recalldesk.outreach.waves.errors import WaveRefused, WaveStays, WordsRefused
from recalldesk.outreach.waves.lint import lint_wave
from recalldesk.outreach.waves.sound import refuse_unless_sound, refuse_words
from recalldesk.outreach.waves.telling import tell_approvers, tell_asker
from recalldesk.outreach.waves.texts import standard_words
from recalldesk.outreach.waves.withholding import withhold_what_waits
from recalldesk.purchasers.states import Strength
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, live_version

SILENT_DAYS = 14
CHANGED = "changed"
CHANGEABLE = frozenset(
    {"name", "kind", "silent_days", "starts_at", "per_minute", "per_domain", "currency"}
)


@transaction.atomic
def draft_wave(
    *,
    recall: Recall,
    name: str,
    by: Staff | None,
    kind: WaveKind = WaveKind.FIRST,
    ways: tuple[Way, ...] = (Way.EMAIL,),
    audience: Audience | None = None,
    silent_days: int | None = None,
    starts_at: datetime | None = None,
    per_minute: int = PER_MINUTE,
    per_domain: int = PER_DOMAIN,
    costs: Mapping[Way, Decimal] | None = None,
    currency: str = "",
) -> Wave:
    """A new wave of a recall, with the standard words in each language of the recall. `by`: nobody
    where a job makes it ready; a draft tells nobody, and two people stand before it is sent.

    Raises NotPermitted, WaveRefused, AudienceRefused.
    """
    if by is not None:
        require(by, Permission.WRITE_WAVES)
    if kind is WaveKind.BEFORE:
        raise WaveRefused(
            "What was told before the takeover is no wave to write.",
            "`recalldesk takeover` takes such notices over.",
        )
    # Two who write at once have two numbers.
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    version = version_to_write_of(recall)
    asked = audience or Audience()
    asked.refuse_unless_of(document_of(version))
    last = Wave.objects.filter(recall=recall).aggregate(last=Max("number"))["last"] or 0
    is_reminder = kind is WaveKind.REMINDER
    wave = Wave(
        recall=recall,
        number=last + 1,
        name=name.strip() or kind.label,
        kind=kind,
        ways=[way.value for way in dict.fromkeys(ways)],
        audience=asked.stored(),
        silent_days=(SILENT_DAYS if silent_days is None else silent_days) if is_reminder else 0,
        version=version,
        starts_at=starts_at,
        per_minute=per_minute,
        per_domain=per_domain,
        costs={way.value: str(price) for way, price in (costs or {}).items()},
        currency=currency,
        written_by=by,
    )
    refuse_unless_sound(wave)
    wave.save()
    _log(wave, "", WaveState.DRAFT, by)
    write_standard_texts(wave)
    return wave


def write_standard_texts(wave: Wave) -> None:
    """Adds the standard words for each way and language that has none."""
    strength = Audience.from_stored(wave.audience).strength
    there = set(WaveText.objects.filter(wave=wave).values_list("way", "language"))
    version = wave.version
    assert version is not None
    for way in (Way(each) for each in wave.ways):
        for language in document_of(version).languages:
            if (way.value, language) in there:
                continue
            words = standard_words(WaveKind(wave.kind), way, language, strength)
            WaveText.objects.create(
                wave=wave, way=way, language=language, subject=words.subject, body=words.body
            )


@transaction.atomic
def change_wave(wave: Wave, *, by: Staff, **changes: Any) -> Wave:
    """Changes whom, by what, when and how fast; one that was asked for or approved is a draft
    again. Standard words that nobody changed follow what it is for. `changes`: of the arguments of
    `draft_wave`. Raises NotPermitted, WaveRefused, AudienceRefused."""
    require(by, Permission.WRITE_WAVES)
    wave = _to_be_changed(wave, by)
    standard = _standard_of(wave)
    version = version_to_write_of(wave.recall)
    audience = changes.pop("audience", None)
    if audience is not None:
        audience.refuse_unless_of(document_of(version))
        wave.audience = audience.stored()
    if (ways := changes.pop("ways", None)) is not None:
        wave.ways = [way.value for way in dict.fromkeys(ways)]
    if (costs := changes.pop("costs", None)) is not None:
        wave.costs = {way.value: str(price) for way, price in costs.items()}
    for field, value in changes.items():
        if field not in CHANGEABLE:
            raise TypeError(f"a wave's {field} is not changed like this")
        setattr(wave, field, value)
    wave.version = version
    refuse_unless_sound(wave)
    wave.save()
    if _standard_of(wave) != standard:
        _let_standard_words_follow(wave, *standard)
    write_standard_texts(wave)
    return wave


@transaction.atomic
def write_text(
    wave: Wave, *, way: Way, language: str, subject: str, body: str, by: Staff
) -> WaveText:
    """What it says in one way and language. Raises NotPermitted, WaveRefused."""
    require(by, Permission.WRITE_WAVES)
    wave = _to_be_changed(wave, by)
    wave.version = version_to_write_of(wave.recall)
    refuse_words(document_of(wave.version), language=language, subject=subject, body=body)
    wave.save(update_fields=["version"])
    text, _ = WaveText.objects.update_or_create(
        wave=wave,
        way=way,
        language=language,
        defaults={"subject": " ".join(subject.split()), "body": body.replace("\r\n", "\n").strip()},
    )
    return text


@transaction.atomic
def ask_for_approval(wave: Wave, *, by: Staff) -> Wave:
    """Asks a second person, with the numbers as they are now. Raises NotPermitted, WaveRefused,
    WordsRefused."""
    require(by, Permission.WRITE_WAVES)
    wave = _locked(wave)
    if wave.version != version_to_write_of(wave.recall):
        raise WaveRefused(
            "The recall has a newer version than the one of which this wave speaks.",
            "Read its words again, and save them; `recalldesk waves edit` does, too.",
        )
    found = preview(wave, by=by)
    if not found.notices:
        raise WaveRefused(
            "Nobody would be written to by this wave.",
            f"`recalldesk waves preview {wave.recall.slug} {wave.number}` says why.",
        )
    if errors := [each for each in lint_wave(wave, found.by_way_and_language) if each.is_error]:
        raise WordsRefused(errors)
    wave.counts = found.stored()
    wave.asked_for, wave.asked_by, wave.asked_at = digest_of_contents(wave), by, clock.now()
    wave = move_wave(wave, WaveState.ASKED, by)
    tell_approvers(wave)
    return wave


@transaction.atomic
def take_back(wave: Wave, *, by: Staff) -> Wave:
    """Makes a wave that was asked for a draft again. Raises NotPermitted, WaveRefused."""
    require(by, Permission.WRITE_WAVES)
    return _back_to_draft(_locked(wave), by, "")


@transaction.atomic
def send_back(wave: Wave, *, by: Staff, reason: str) -> Wave:
    """Does not approve it, and says why. Raises NotPermitted, WaveRefused."""
    require(by, Permission.APPROVE_WAVES)
    if not reason.strip():
        raise WaveRefused("No reason is given.", "Say what has to be changed.")
    wave = _locked(wave)
    _refuse_unless_asked(wave)
    asked_by = wave.asked_by
    wave = _back_to_draft(wave, by, reason.strip())
    tell_asker(wave, asked_by, is_approved=False)
    return wave


@transaction.atomic
def approve_wave(wave: Wave, *, by: Staff) -> Wave:
    """Agrees to all of it, with the numbers as they are now. Raises NotPermitted, WaveRefused."""
    require(by, Permission.APPROVE_WAVES)
    wave = _locked(wave)
    if by.pk in (wave.written_by_id, wave.asked_by_id):
        raise WaveRefused(
            "Whoever wrote a wave or asked for it does not approve it.",
            "Ask somebody else who may: a recall manager, senior reviewer or administrator.",
        )
    _refuse_unless_asked(wave)
    contents = digest_of_contents(wave)
    if contents != wave.asked_for or wave.version != version_to_write_of(wave.recall):
        raise WaveRefused(
            "The wave, or its recall, changed after approval was asked for.",
            "Send it back, so that it is asked for anew.",
        )
    wave.counts = preview(wave, by=by).stored()
    wave.approved, wave.approved_by, wave.approved_at = contents, by, clock.now()
    wave = move_wave(wave, WaveState.APPROVED, by, reason=Reason.TWO_PEOPLE)
    tell_asker(wave, wave.asked_by, is_approved=True)
    return wave


@transaction.atomic
def pause_wave(wave: Wave, *, by: Staff, reason: str = "") -> Wave:
    """Holds it: no notice leaves any more, within seconds. Raises NotPermitted, WaveRefused."""
    require(by, Permission.WRITE_WAVES)
    return move_wave(_locked(wave), WaveState.PAUSED, by, note=reason)


@transaction.atomic
def resume_wave(wave: Wave, *, by: Staff) -> Wave:
    """Lets it go on where it stood. Raises NotPermitted, WaveRefused."""
    require(by, Permission.WRITE_WAVES)
    wave = _locked(wave)
    version_to_write_of(wave.recall)
    if wave.state != WaveState.PAUSED:
        raise WaveRefused("The wave is not paused.", "Only a paused one can go on.")
    if not wave.prepared_at and wave.counts.get("paused_since"):
        raise WaveRefused(
            f"The wave paused itself: {wave.counts['paused_since']}",
            "A second person approves it as it is (`recalldesk waves approve`), or it is changed.",
        )
    return move_wave(wave, WaveState.SENDING if wave.prepared_at else WaveState.APPROVED, by)


@transaction.atomic
def stop_wave(wave: Wave, *, by: Staff, reason: str) -> Wave:
    """Ends it for good; what was not sent is withheld. Raises NotPermitted, WaveRefused."""
    require(by, Permission.WRITE_WAVES)
    if not reason.strip():
        raise WaveRefused("No reason is given.", "Say why it is stopped.")
    wave = _locked(wave)
    wave.ended_at = clock.now()
    move_wave(wave, WaveState.STOPPED, by, note=reason.strip())
    withhold_what_waits(wave)
    return wave


def move_wave(
    wave: Wave,
    to_state: WaveState,
    by: Staff | None,
    *,
    reason: Reason | str = "",
    note: str = "",
) -> Wave:
    """Moves a locked wave, saves all of it and logs it. `by`: nobody where a job does it.

    Raises WaveRefused.
    """
    was = WaveState(wave.state)
    if to_state not in WAVE_MOVES[was]:
        raise WaveRefused(
            f"This wave is {was.label.lower()!r}: it cannot become {to_state.label.lower()!r}.",
            f"`recalldesk waves show {wave.recall.slug} {wave.number}` says where it stands.",
        )
    wave.state = to_state
    wave.save()
    _log(wave, was, to_state, by, reason=reason, note=note)
    return wave


def version_to_write_of(recall: Recall) -> RecallVersion:
    """The version by which owners are answered. Raises WaveRefused."""
    version = live_version(recall)
    if version is None:
        raise WaveStays(
            "The recall is not published: nobody is written to of it.", "Publish it first."
        )
    if recall.closed_at is not None:
        raise WaveStays(
            "The recall is closed: nobody is written to of it any more.",
            "Purchasers who ask are still answered.",
        )
    return version


def _to_be_changed(wave: Wave, by: Staff) -> Wave:
    wave = _locked(wave)
    was_asked = wave.state in (WaveState.ASKED, WaveState.APPROVED, WaveState.PAUSED)
    if was_asked and wave.prepared_at is None:
        wave = _back_to_draft(wave, by, "")
    if wave.state != WaveState.DRAFT:
        raise WaveStays(
            f"This wave is {WaveState(wave.state).label.lower()!r}: what it says stays as it is.",
            "Write another wave: `recalldesk waves new`.",
        )
    wave.written_by = by
    wave.save(update_fields=["written_by"])
    _log(wave, WaveState.DRAFT, CHANGED, by)
    return wave


def _standard_of(wave: Wave) -> tuple[WaveKind, Strength]:
    """For what its standard words are."""
    return WaveKind(wave.kind), Audience.from_stored(wave.audience).strength


def _let_standard_words_follow(wave: Wave, kind: WaveKind, strength: Strength) -> None:
    """Texts that still are the standard words of what it was for get those of what it is for."""
    now = _standard_of(wave)
    for text in WaveText.objects.filter(wave=wave):
        words = standard_words(kind, Way(text.way), text.language, strength)
        if (text.subject, text.body) == (words.subject, words.body):
            fresh = standard_words(now[0], Way(text.way), text.language, now[1])
            text.subject, text.body = fresh.subject, fresh.body
            text.save(update_fields=["subject", "body"])


def _refuse_unless_asked(wave: Wave) -> None:
    if not wave.asked_for:
        raise WaveRefused(
            f"This wave is {WaveState(wave.state).label.lower()!r}: nobody asks for its approval.",
            "Whoever wrote it asks first, as by `recalldesk waves ask`.",
        )


def _back_to_draft(wave: Wave, by: Staff, note: str) -> Wave:
    if wave.prepared_at is not None:
        raise WaveRefused(
            "Somebody was written to by this wave already.",
            "It can be paused (`recalldesk waves pause`), or stopped for good.",
        )
    if wave.state == WaveState.ASKED:
        wave.asked_before = contents_of(wave)
    wave.asked_for = wave.approved = ""
    wave.asked_by = wave.approved_by = wave.asked_at = wave.approved_at = None
    return move_wave(wave, WaveState.DRAFT, by, note=note)


def _locked(wave: Wave) -> Wave:
    rows = Wave.objects.select_for_update(of=("self",))
    return rows.select_related("recall", "version").get(pk=wave.pk)


def _log(
    wave: Wave,
    was: WaveState | str,
    to_state: WaveState | str,
    by: Staff | None,
    *,
    reason: Reason | str = "",
    note: str = "",
) -> None:
    record_change(
        subject=Subject.WAVE,
        subject_id=wave.pk,
        from_state=was,
        to_state=to_state,
        reason=reason,
        actor=Actor.STAFF if by else Actor.MACHINE,
        actor_id=by.pk if by else None,
        recall_id=wave.recall_id,
        note=note,
    )
