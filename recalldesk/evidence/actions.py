"""What is done with photos: a set is begun, a photo received or removed, a set erased.

Guarantees: a photo is on disk, sealed, before its row is; row and job commit together; the same
bytes sent twice are one photo; what is refused leaves nothing; what is removed leaves a stub, and
its files go even if a program dies meanwhile.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from django.conf import settings
from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.evidence import deferring, files, forgetting
from recalldesk.evidence.arriving import Arrived, arriving
from recalldesk.evidence.errors import PhotoRefused, Refusal, StoreUnreachable
from recalldesk.evidence.limits import MOST_PHOTOS
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.moving import locked, log_move, move
from recalldesk.evidence.reads import photos_waiting
from recalldesk.evidence.states import EvidencePurpose, PhotoKind, PhotoState, ReadingState
from recalldesk.foundation import clock
from recalldesk.keeping.held import holds_on
from recalldesk.keeping.kinds import OF_A_FILING, Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached
from recalldesk.recalls.models import Recall
from recalldesk.sealing import vault

ORIGINAL_PURPOSE = "evidence.Photo.original_digest"


def new_evidence_set(
    *,
    recall: Recall,
    purpose: EvidencePurpose = EvidencePurpose.CLAIM,
    marking_code: str = "",
) -> EvidenceSet:
    """An empty set for photos; `marking_code` is what its owner is told to write on the unit."""
    return EvidenceSet.objects.create(recall=recall, purpose=purpose, marking_code=marking_code)


def new_evidence_sets(*, recall: Recall, marking_codes: Sequence[str]) -> list[EvidenceSet]:
    """An empty set for the photos of each claim, with what is written on its unit."""
    return EvidenceSet.objects.bulk_create(
        EvidenceSet(recall=recall, purpose=EvidencePurpose.CLAIM, marking_code=code)
        for code in marking_codes
    )


def receive_photo(
    *,
    evidence_set: EvidenceSet,
    kind: PhotoKind,
    chunks: Iterable[bytes],
    by: Staff | None = None,
) -> Photo:
    """Takes a photo's bytes, chunk by chunk, into quarantine; a job looks after it.

    The same bytes in the same set and kind give the photo that is there. `by` is the member of
    staff who sends it for an owner. Raises PhotoRefused, or whatever `chunks` raises. Call it
    outside a transaction: it stores a file before the row.
    """
    if photos_waiting() >= settings.MOST_WAITING_PHOTOS:
        raise PhotoRefused(Refusal.BUSY)
    with arriving(chunks, scope=vault.recall_scope(evidence_set.recall_id)) as arrived:
        digest = vault.digest_for_lookup(arrived.sha256, purpose=ORIGINAL_PURPOSE)
        if (known := _the_same(evidence_set, kind, digest)) is not None:
            return known
        try:
            files.put_original(arrived.key, arrived.sealed)
        except StoreUnreachable as error:
            raise PhotoRefused(Refusal.NOT_STORED) from error
    try:
        photo = _keep(evidence_set, kind, digest, arrived, by)
    except PhotoRefused:  # any other error may come after the commit: then the file is needed
        forgetting.forget_if_possible(arrived.key)
        raise
    if photo.storage_key != arrived.key:
        forgetting.forget_if_possible(arrived.key)
    return photo


def _the_same(evidence_set: EvidenceSet, kind: PhotoKind, digest: bytes) -> Photo | None:
    rows = evidence_set.photos.filter(kind=kind, original_digest=digest)
    return rows.exclude(state=PhotoState.REMOVED).first()


@transaction.atomic
def _keep(
    evidence_set: EvidenceSet,
    kind: PhotoKind,
    digest: bytes,
    arrived: Arrived,
    by: Staff | None,
) -> Photo:
    """The row and its job; or the photo that another upload of the same bytes made meanwhile."""
    held = EvidenceSet.objects.select_for_update().get(pk=evidence_set.pk)
    if held.erased_at is not None:
        raise PhotoRefused(Refusal.CLOSED)
    if (known := _the_same(held, kind, digest)) is not None:
        return known
    if held.photos.exclude(state=PhotoState.REMOVED).count() >= MOST_PHOTOS:
        raise PhotoRefused(Refusal.TOO_MANY)
    photo = Photo.objects.create(
        evidence_set=held,
        kind=kind,
        storage_key=arrived.key,
        original_bytes=arrived.size,
        original_digest=digest,
    )
    log_move(photo, "", actor=Actor.OWNER, by=by)
    deferring.look_after(photo)
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, by: Staff | None = None) -> bool:
    """Takes a photo out of its set; its files go. Again changes nothing. False where a legal hold
    keeps it."""
    lock_erasing()
    if is_evidence_kept(photo.evidence_set):
        return False
    _remove(locked(photo.pk), actor=Actor.OWNER, by=by)
    photo.refresh_from_db()
    return True


def is_evidence_kept(evidence_set: EvidenceSet) -> bool:
    """Whether a legal hold keeps the photos of a set; asked under `lock_erasing`. One on any part
    of a filing keeps it whole."""
    kinds = OF_A_FILING | {Kind.DRAFTS, Kind.INCIDENTS, Kind.CONTACTS}
    return holds_on(evidence_set, kinds, of=Reached.EVIDENCE)


@transaction.atomic
def erase_evidence(*, evidence_set: EvidenceSet, actor: Actor) -> None:
    """Removes every photo of a set, and closes it. Again changes nothing. `actor`: on whose word,
    as the log says it; a job that keeps to a time or a rule is the machine."""
    held = EvidenceSet.objects.select_for_update().get(pk=evidence_set.pk)
    for photo_id in held.photos.order_by("pk").values_list("pk", flat=True):
        _remove(locked(photo_id), actor=actor)
    if held.erased_at is None:
        held.erased_at = clock.now()
        held.save(update_fields=["erased_at"])
        record_change(
            subject=Subject.EVIDENCE_SET,
            subject_id=held.pk,
            to_state="erased",
            actor=actor,
            recall_id=held.recall_id,
        )
    evidence_set.refresh_from_db()


def _remove(photo: Photo, *, actor: Actor, by: Staff | None = None) -> None:
    if photo.state == PhotoState.REMOVED:
        return
    photo.removed_at = clock.now()
    photo.original_digest = photo.picture_digest = b""
    photo.width = photo.height = None
    photo.reading = ReadingState.NOT_ASKED
    move(photo, PhotoState.REMOVED, actor=actor, by=by)
    deferring.forget_files(photo)
    transaction.on_commit(partial(forgetting.forget_soon, photo.pk), robust=True)
