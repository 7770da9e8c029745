"""The second look of a check by photo, from its question to its end.

Guarantees: the photo is erased in the transaction that keeps what was read in it; whoever has not
the token sees nothing; an hour after the question, or once another photo took its place, a look is
over and holds nothing.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog
from django.db import transaction

from recalldesk.audit.states import Actor
from recalldesk.checks.models import PhotoLook
from recalldesk.checks.states import LOOK_MOVES, LookState
from recalldesk.evidence.actions import erase_evidence, new_evidence_set
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.reads import WAITS, is_settled, label_reading_of, photos_of
from recalldesk.evidence.states import EvidencePurpose
from recalldesk.foundation import clock
from recalldesk.reading.kept import label_as_json, label_from_json
from recalldesk.reading.seen import LabelReading, SerialCandidate
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened, sealed
from recalldesk.units.verdict.photographed import Photographed

TOKEN_BYTES = 32
LASTS = timedelta(hours=1)
MOST_PHOTOS = 3
"""Of one check; then a person decides."""
MOST_TEXTS = 3
"""Typed after one photo was read."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Question:
    """What was asked. `fields` are those of the form, by name. `earlier`: what photos of the same
    check seemed to read before. `second_look`: the token of the answer, for another text."""

    fields: Mapping[str, str]
    earlier: tuple[SerialCandidate, ...] = ()
    second_look: str = ""


@dataclass(frozen=True)
class Seen:
    """What came of the photo: `problem` says why it was of no use, in the words of evidence."""

    reading: LabelReading = field(default_factory=LabelReading)
    problem: str = ""


def _digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


@transaction.atomic
def begin_look(
    *,
    recall: Recall,
    fields: Mapping[str, str],
    after: PhotoLook | None = None,
) -> tuple[PhotoLook, str]:
    """A look that waits for its photo, in a set of its own, and its token. `after`: the look by an
    earlier photo of the same check, which goes on until `end_look`."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    evidence_set = new_evidence_set(recall=recall, purpose=EvidencePurpose.CHECK)
    look = PhotoLook(
        evidence_set=evidence_set,
        digest=_digest_of(token),
        number=after.number + 1 if after else 1,
    )
    _keep_question(look, Question(fields, _read_before(after) if after else ()))
    look.save()
    return look, token


def _read_before(look: PhotoLook) -> tuple[SerialCandidate, ...]:
    """The likeliest serial of each photo so far."""
    return (*question_of(look).earlier, *seen_in(look).reading.candidates[:1])


def look_of(token: str) -> PhotoLook | None:
    """The look that a browser's token is; None where it is over, or never was."""
    since = clock.now() - LASTS
    rows = PhotoLook.objects.select_related("evidence_set__recall")
    return rows.filter(digest=_digest_of(token), asked_at__gt=since).first() if token else None


def open_among(tokens: Mapping[str, str]) -> list[str]:
    """The names of those tokens whose looks are not over, the newest first."""
    by_digest = {_digest_of(token): name for name, token in tokens.items()}
    rows = PhotoLook.objects.filter(digest__in=by_digest, asked_at__gt=clock.now() - LASTS)
    digests = rows.order_by("-asked_at", "-pk").values_list("digest", flat=True)
    return [by_digest[bytes(digest)] for digest in digests if digest]


def question_of(look: PhotoLook) -> Question:
    """What was asked. Raises SealingError."""
    kept = json.loads(opened(look, "sealed_asked"))
    earlier = label_from_json(kept["earlier"]).candidates
    return Question(kept["fields"], earlier, kept["second_look"])


def another_question(look: PhotoLook) -> dict[str, str]:
    """The fields with which another photo asks the same, bound by the last answer."""
    return _bound(question_of(look))


def _bound(asked: Question) -> dict[str, str]:
    return {**asked.fields, **({"second_look": asked.second_look} if asked.second_look else {})}


def seen_in(look: PhotoLook) -> Seen:
    """What came of its photo; nothing while that waits. Raises SealingError."""
    kept = opened(look, "sealed_reading")
    if not kept:
        return Seen()
    seen = json.loads(kept)
    return Seen(label_from_json(seen["reading"]), seen["problem"])


def photographed(look: PhotoLook) -> Photographed:
    """What was read, as the verdict asks for it. Raises SealingError."""
    return Photographed(
        seen_in(look).reading,
        question_of(look).earlier,
        is_retyped=look.texts > 0,
        is_last_photo=look.number >= MOST_PHOTOS,
        is_last_text=look.texts >= MOST_TEXTS,
    )


def may_be_photographed_again(look: PhotoLook) -> bool:
    """Whether another photo of the same check may follow."""
    return look.number < MOST_PHOTOS


def take_reading(*, evidence_set_id: int) -> None:
    """Keeps what was read in a settled photo, and erases it. Again changes nothing.

    A photo that belongs to no look, or to one that waits no more, is erased too. Raises
    SealingError.
    """
    with transaction.atomic():
        rows = PhotoLook.objects.select_for_update(of=("self",)).select_related("evidence_set")
        look = rows.filter(evidence_set_id=evidence_set_id).first()
        evidence_set = look.evidence_set if look else EvidenceSet.objects.get(pk=evidence_set_id)
        if not is_settled(evidence_set):
            return
        if look is not None and look.state == LookState.WAITING:
            _keep_seen(look, _seen_in_photos(evidence_set))
            look.read_at = clock.now()
            _move(look, LookState.READ)
        erase_evidence(evidence_set=evidence_set, actor=Actor.MACHINE)


def _seen_in_photos(evidence_set: EvidenceSet) -> Seen:
    photos = photos_of(evidence_set)
    if not photos:
        return Seen()
    reading = label_reading_of(photos[-1])
    return Seen(reading or LabelReading(), photos[-1].problem)


def admit_look(*, look: PhotoLook) -> None:
    """Its owner did what the limits asked: it may be answered."""
    PhotoLook.objects.filter(pk=look.pk).update(is_admitted=True)


@transaction.atomic
def note_answer(*, look: PhotoLook, second_look: str) -> bool:
    """The look was answered, with this token for another text; whether that was the first time."""
    held = PhotoLook.objects.select_for_update(of=("self",)).get(pk=look.pk)
    if held.state != LookState.READ:
        return False
    asked = question_of(held)
    _keep_question(held, Question(asked.fields, asked.earlier, second_look))
    held.answered_at = clock.now()
    _move(held, LookState.ANSWERED)
    return True


@transaction.atomic
def type_again(*, look: PhotoLook, serial: str) -> bool:
    """Another text for the same photo; False where none may follow, or none was answered yet."""
    held = PhotoLook.objects.select_for_update(of=("self",)).get(pk=look.pk)
    if held.state != LookState.ANSWERED or held.texts >= MOST_TEXTS:
        return False
    asked = question_of(held)
    fields = {**_bound(asked), "serial": serial}
    _keep_question(held, Question(fields, asked.earlier))
    held.texts += 1
    _move(held, LookState.READ)
    return True


@transaction.atomic
def end_look(*, look: PhotoLook) -> None:
    """Erases what was asked, read and photographed. Again changes nothing."""
    rows = PhotoLook.objects.select_for_update(of=("self",)).select_related("evidence_set")
    held = rows.get(pk=look.pk)
    if held.state == LookState.ENDED:
        return
    erase_evidence(evidence_set=held.evidence_set, actor=Actor.MACHINE)
    held.digest, held.sealed_asked, held.sealed_reading = None, b"", b""
    held.ended_at = clock.now()
    _move(held, LookState.ENDED)


def go_on_with_looks() -> None:
    """Takes the readings of which no job told, and ends what is an hour old.

    One that fails is told of and left for the next time; the others do not wait for it.
    """
    open_looks = PhotoLook.objects.exclude(state=LookState.ENDED)
    for look in open_looks.filter(asked_at__lte=clock.now() - LASTS).order_by("pk"):
        _or_next_time(partial(end_look, look=look), look.evidence_set_id)
    sets_with = Photo.objects.filter(evidence_set__purpose=EvidencePurpose.CHECK)
    left = (
        open_looks.filter(state=LookState.WAITING)
        .filter(evidence_set__in=sets_with.values("evidence_set_id"))
        .exclude(evidence_set__in=sets_with.filter(WAITS).values("evidence_set_id"))
    )
    for evidence_set_id in list(left.order_by("pk").values_list("evidence_set_id", flat=True)):
        _or_next_time(partial(take_reading, evidence_set_id=evidence_set_id), evidence_set_id)


def _or_next_time(go: Callable[[], None], evidence_set_id: int) -> None:
    try:
        go()
    except Exception as error:
        kind = type(error).__name__
        log.error("look_left_for_next_time", evidence_set=evidence_set_id, error=kind)


def _move(look: PhotoLook, to_state: LookState) -> None:
    assert to_state in LOOK_MOVES[LookState(look.state)], f"{look.state} -> {to_state}"
    look.state = to_state
    look.save()


def _keep_question(look: PhotoLook, question: Question) -> None:
    kept = {
        "fields": dict(question.fields),
        "earlier": label_as_json(LabelReading(candidates=question.earlier)),
        "second_look": question.second_look,
    }
    look.sealed_asked = _sealed(look, "sealed_asked", kept)


def _keep_seen(look: PhotoLook, seen: Seen) -> None:
    kept = {"reading": label_as_json(seen.reading), "problem": seen.problem}
    look.sealed_reading = _sealed(look, "sealed_reading", kept)


def _sealed(look: PhotoLook, name: str, kept: Mapping[str, object]) -> bytes:
    text = json.dumps(kept, ensure_ascii=False)
    return sealed(PhotoLook, name, text, recall_id=look.sealing_recall_id)
