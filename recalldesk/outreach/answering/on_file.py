"""Name and address on file, for whoever came by the link of a notice to confirm.

Guarantees: before a code that went to the contact of the notice is given, only initials, the number
of the house and the place are shown; of a letter's link, of a contact that several people share,
and of a new owner, nothing at all; each try of a code counts; what is filled in is kept with the
claim only once its owner sends the form. A shop's alias is not the owner's own address, and never
filled in.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from recalldesk.claims.access import CODE_DIGITS, CODE_LASTS, CODE_TRIES
from recalldesk.claims.errors import CodeNotGood
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import normalise
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.outreach.answering.code_letter import mail_notice_code
from recalldesk.outreach.models import DirectNotice, NoticeCode, NoticeFiling
from recalldesk.outreach.states import Way
from recalldesk.purchasers.models import ContactPoint, Purchaser
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing.fields_of_rows import opened

MOST_CODES_A_DAY = 5
BETWEEN_CODES = timedelta(minutes=1)
FILLED_IN_FOR = timedelta(hours=1)
DOTS = "…"


@dataclass(frozen=True, repr=False)
class OnFile:
    """What a shop's records say of a purchaser; empty where they say nothing."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to fill in that the owner would have to type."""
        return not (self.name or self.address)


def notice_of(filing: Filing) -> DirectNotice | None:
    """The notice by whose link a draft was begun, where something may be filled in from it."""
    row = (
        NoticeFiling.objects.filter(filing=filing, filing__state=FilingState.DRAFT)
        .select_related("notice__wave__recall", "notice__purchaser")
        .first()
    )
    return row.notice if row is not None and _may_ask(row.notice) else None


def preview_of(notice: DirectNotice) -> str:
    """`M… R…, 12 E…, Springfield`; empty where there is nothing to fill in. Raises SealingError."""
    on_file = _on_file(notice)
    return "" if on_file.is_empty else masked_person(on_file)


def masked_person(on_file: OnFile) -> str:
    """Enough for its owner to know it again."""
    street = on_file.address.get("street_address", "").splitlines()[:1]
    parts = (
        _initials(on_file.name),
        " ".join(_masked(word) for word in " ".join(street).split()),
        on_file.address.get("city", ""),
    )
    return ", ".join(part for part in parts if part)


def is_opened(filing: Filing) -> bool:
    """Whether the code was given for this draft, not long ago."""
    since = clock.now() - FILLED_IN_FOR
    return NoticeCode.objects.filter(filing=filing, used_at__gt=since).exists()


def on_file_for(filing: Filing) -> OnFile:
    """What is filled in for the owner to confirm: nothing before the code was given. Raises
    SealingError."""
    notice = notice_of(filing)
    return _on_file(notice) if notice is not None and is_opened(filing) else OnFile()


@transaction.atomic
def send_code(*, filing: Filing) -> bool:
    """Sends a code of six digits to the contact of the notice; those sent before are no good any
    more. False where one went out a moment ago, or many did today, whatever drafts asked."""
    held = locked_filing(filing.pk)
    notice = notice_of(held) if held is not None else None
    if held is None or notice is None or _on_file(notice).is_empty:
        return False
    notice = DirectNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    now = clock.now()
    same = NoticeCode.objects.filter(
        notice__recall_id=notice.recall_id, notice__contact_digest=bytes(notice.contact_digest)
    )
    if same.filter(made_at__gt=now - BETWEEN_CODES, used_at=None).exists():
        return False
    if same.filter(made_at__gt=now - timedelta(days=1)).count() >= MOST_CODES_A_DAY:
        return False
    same.filter(expires_at__gt=now).update(expires_at=now)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    NoticeCode.objects.create(
        notice=notice,
        filing=held,
        digest=_digest(code, held),
        tries_left=CODE_TRIES,
        expires_at=now + CODE_LASTS,
    )
    mail_notice_code(notice=notice, filing=held, code=code)
    return True


def code_waits(*, filing: Filing) -> bool:
    """Whether a code that was sent can still be given."""
    return _good_codes(filing).exists()


def _good_codes(filing: Filing) -> QuerySet[NoticeCode]:
    return NoticeCode.objects.filter(
        filing=filing, used_at=None, expires_at__gt=clock.now(), tries_left__gt=0
    ).order_by("-pk")


def give_code(*, filing: Filing, code: str) -> None:
    """Opens what is on file for this draft. Raises CodeNotGood. Each try counts, also a wrong
    one."""
    now = clock.now()
    waiting = _good_codes(filing)
    row = waiting.first()
    if row is None or not waiting.filter(pk=row.pk).update(tries_left=F("tries_left") - 1):
        raise CodeNotGood
    if not hmac.compare_digest(bytes(row.digest), _digest(normalise(code), filing)):
        raise CodeNotGood
    if not NoticeCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now):
        raise CodeNotGood


def _may_ask(notice: DirectNotice) -> bool:
    if notice.way == Way.SMS and not are_texts_sent():
        return False
    by_machine = notice.way in (Way.EMAIL, Way.SMS)
    return by_machine and notice.purchaser is not None and bool(notice.sealed_to)


def _on_file(notice: DirectNotice) -> OnFile:
    """Of the one person who has the contact: where several have it, each would read the others'."""
    purchaser = notice.purchaser
    if purchaser is None:
        return OnFile()
    holders = Purchaser.objects.filter(
        recall_id=notice.recall_id, contacts__digest=bytes(notice.contact_digest)
    )
    if holders.exclude(person_id=purchaser.person_id).exists():
        return OnFile()
    contacts = {each.kind: each for each in purchaser.contacts.order_by("-pk")}
    address = _value(contacts, ContactKind.ADDRESS)
    return OnFile(
        name=opened(purchaser, "sealed_name"),
        email=_value(contacts, ContactKind.EMAIL),
        phone=_value(contacts, ContactKind.PHONE),
        address=json.loads(address) if address else {},
    )


def _value(contacts: Mapping[str, ContactPoint], kind: ContactKind) -> str:
    return opened(contacts[kind], "sealed_value") if kind in contacts else ""


def _initials(name: str) -> str:
    return " ".join(f"{word[:1]}{DOTS}" for word in name.split())


def _masked(word: str) -> str:
    """The number of a house as it is; of a word its first letter."""
    return word if word[:1].isdecimal() else f"{word[:1]}{DOTS}"


def _digest(code: str, filing: Filing) -> bytes:
    said = f"on-file {filing.pk} {code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
