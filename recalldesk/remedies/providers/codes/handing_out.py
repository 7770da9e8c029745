"""One code is handed to one remedy.

Guarantees: a remedy gets one code, the same however often it is asked for, also after a restore;
what is handed out stands in the journal, on the disk, before the database knows it for good; a
code that the journal names is given to nobody else.
"""

import uuid

from django.db import connection, transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.models import CodePool, GiftCode
from recalldesk.remedies.providers.codes import given
from recalldesk.remedies.providers.codes.stock import warn_if_low
from recalldesk.remedies.providers.interface import Refused
from recalldesk.remedies.states import Stopped

SPACE = 0x4749_4654_0000_0000
"""Advisory locks of codes: the high bits of each."""
NOT_IMPORTED = Refused("its code is not imported here any more")
"""Refused, so that a person can send it on once the file is imported again."""


@transaction.atomic
def hand_out(remedy_id: uuid.UUID, pool: CodePool | Refused) -> GiftCode | Refused:
    """The remedy's code: the one that it has, or the next of the pool.

    Raises OSError where the journal cannot be written; then nothing was handed out.
    """
    _alone_for_this_transaction(remedy_id)
    code = code_of(remedy_id)
    if code is not None:
        return code
    if isinstance(pool, Refused):
        return pool
    if given.digest_given_to(remedy_id) is not None:
        return NOT_IMPORTED
    code = _next_free(pool)
    if code is None:
        warn_if_low(pool)
        return Refused("the pool is empty", Stopped.OUT_OF_STOCK)
    given.note_given(remedy_id, bytes(code.digest))
    given.hand_to(code, remedy_id, clock.now())
    record_change(
        subject=Subject.GIFT_CODE,
        subject_id=code.pk,
        to_state="handed_out",
        actor=Actor.MACHINE,
        recall_id=code.recall_id,
    )
    warn_if_low(pool)
    return code


def code_of(remedy_id: uuid.UUID) -> GiftCode | None:
    """The code that a remedy was given, locked; None where it has none, or its row is lost."""
    code = GiftCode.objects.select_for_update().filter(handed_to=remedy_id).first()
    if code is not None:
        return code
    digest = given.digest_given_to(remedy_id)
    if digest is None:
        return None
    code = GiftCode.objects.select_for_update().filter(digest=digest).first()
    if code is None or code.handed_to not in (None, remedy_id):
        return None
    given.hand_to(code, remedy_id, clock.now())
    return code


def _next_free(pool: CodePool) -> GiftCode | None:
    """A code that nobody has, locked. After a restore the rows first learn what left before."""
    while True:
        free = GiftCode.objects.filter(pool=pool, handed_to__isnull=True).order_by("pk")
        code = free.select_for_update(skip_locked=True).first()
        if code is None or not given.is_given(bytes(code.digest)):
            return code
        if not given.take_up():
            # Its remedy has another code by now; this one may have been seen all the same.
            given.hand_to(code, _nobody(code), clock.now())


def _nobody(code: GiftCode) -> uuid.UUID:
    """An id that no remedy has, for a code that must not be given."""
    return uuid.uuid5(uuid.NAMESPACE_OID, bytes(code.digest).hex())


def _alone_for_this_transaction(remedy_id: uuid.UUID) -> None:
    """Two that place the same remedy would take two codes, and the journal would name both."""
    with connection.cursor() as cursor:
        number = SPACE | (remedy_id.int & 0xFFFF_FFFF)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
