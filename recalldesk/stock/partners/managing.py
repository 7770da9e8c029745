"""Partners are entered, changed and ended by the desk.

Guarantees: who did it stands in the log; whom we write to stands sealed; once the address is
another, or the partner none any more, what was mailed to the old one opens nothing.
"""

import re
from dataclasses import dataclass

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.api_keys import revoke_keys_of
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import PartnerLevel, Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.sealing.fields_of_rows import opened, sealed
from recalldesk.stock.errors import PartnerRefused
from recalldesk.stock.partners.access import end_access

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LONGEST_NAME, LONGEST_EMAIL = 120, 254
ADDED, CHANGED, ENDED = "added", "changed", "ended"


@dataclass(frozen=True)
class PartnerSaid:
    """What is said of a partner. `company_key`: its key in recall files, where one names it;
    `person`, `phone`: whom we reach there, where that is known."""

    name: str
    level: PartnerLevel
    country: str
    language: str
    email: str
    person: str = ""
    phone: str = ""
    company_key: str = ""


@transaction.atomic
def add_partner(*, said: PartnerSaid, by: Staff) -> Partner:
    """A new partner; nothing is mailed yet. Raises PartnerRefused, or NotPermitted."""
    require(by, Permission.MANAGE_PARTNERS)
    partner = Partner(added_by=by)
    _write(partner, _sound(said))
    partner.save(force_insert=True)
    _log(partner, "", ADDED, by)
    return partner


@transaction.atomic
def change_partner(*, partner: Partner, said: PartnerSaid, by: Staff) -> Partner:
    """The partner, with what is said of it now. Raises PartnerRefused, or NotPermitted."""
    require(by, Permission.MANAGE_PARTNERS)
    held = _held(partner)
    sound = _sound(said, but=held)
    if sound.email != opened(held, "sealed_email"):
        end_access(held)
    _write(held, sound)
    held.save()
    _log(held, ADDED, CHANGED, by)
    return held


@transaction.atomic
def end_partner(*, partner: Partner, by: Staff, note: str) -> Partner:
    """Ends it: its page, links and keys open nothing; what it told stays. `note`: why. Again
    changes nothing. Raises PartnerRefused, or NotPermitted.
    """
    require(by, Permission.MANAGE_PARTNERS)
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if not held.is_active:
        return held
    if not note.strip():
        raise PartnerRefused("No reason is given.", "Say why; it stands sealed in the log.", "note")
    held.ended_at = clock.now()
    held.save(update_fields=["ended_at"])
    end_access(held)
    revoke_keys_of(partner=held, by=by)
    _log(held, ADDED, ENDED, by, note.strip())
    return held


def said_of(partner: Partner) -> PartnerSaid:
    """What is said of a partner now, in the clear: for whoever may change it."""
    return PartnerSaid(
        name=partner.name,
        level=PartnerLevel(partner.level),
        country=partner.country,
        language=partner.language,
        email=opened(partner, "sealed_email"),
        person=opened(partner, "sealed_person"),
        phone=opened(partner, "sealed_phone"),
        company_key=partner.company_key,
    )


def _held(partner: Partner) -> Partner:
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if not held.is_active:
        raise PartnerRefused(
            f"{held.name} is no partner any more.", "Enter it anew; what it told stays."
        )
    return held


def _write(partner: Partner, said: PartnerSaid) -> None:
    partner.name, partner.level = said.name, said.level
    partner.company_key, partner.country = said.company_key, said.country
    partner.language = said.language
    for field, text in (
        ("sealed_email", said.email),
        ("sealed_person", said.person),
        ("sealed_phone", said.phone),
    ):
        value = sealed(Partner, field, text, recall_id=None) if text else b""
        setattr(partner, field, value)


def _sound(said: PartnerSaid, *, but: Partner | None = None) -> PartnerSaid:
    """What is said, in one way of writing. Raises PartnerRefused."""
    name, person = " ".join(said.name.split()), " ".join(said.person.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise PartnerRefused(
            f"The name must have 1 to {LONGEST_NAME} characters, all of them printable.",
            "Name the firm, and its branch where it has several.",
            "name",
        )
    if len(person) > LONGEST_NAME:
        raise PartnerRefused("The person's name is too long.", "Shorten it.", "person")
    if not re.fullmatch(r"[A-Z]{2}", said.country):
        raise PartnerRefused("There is no such country.", "Write its code, as US.", "country")
    if said.language not in dict(settings.LANGUAGES):
        known = ", ".join(code for code, _ in settings.LANGUAGES)
        raise PartnerRefused("There is no such language.", f"There are: {known}.", "language")
    key = said.company_key.strip()
    if key and not KEY.fullmatch(key):
        raise PartnerRefused(
            "The key has small letters, digits and dashes only.",
            "Take the key that `companies` of the recall file gives it.",
            "company_key",
        )
    others = Partner.objects.filter(ended_at=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(name__iexact=name).exists():
        raise PartnerRefused(
            f"{name} is a partner already.", "Name this one otherwise, such as by its town.", "name"
        )
    if key and others.filter(company_key=key).exists():
        raise PartnerRefused("Another partner has this key.", "Each has its own.", "company_key")
    return PartnerSaid(
        name=name,
        level=PartnerLevel(said.level),
        country=said.country,
        language=said.language,
        email=_email(said.email),
        person=person,
        phone=_phone(said.phone, said.country),
        company_key=key,
    )


def _email(text: str) -> str:
    email = text.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise PartnerRefused(
            "This is no e-mail address.", "Write it as name@firm.example.", "email"
        ) from error
    if len(email) > LONGEST_EMAIL:
        raise PartnerRefused("The e-mail address is too long.", "Write another.", "email")
    name, _, domain = email.rpartition("@")
    return f"{name}@{domain.lower()}"


def _phone(text: str, country: str) -> str:
    if not text.strip():
        return ""
    hint = "Write it with its country, as +1 202 555 0100."
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise PartnerRefused("This is no phone number.", hint, "phone") from error
    if not phonenumbers.is_possible_number(number):
        raise PartnerRefused("This is no phone number.", hint, "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _log(partner: Partner, before: str, to: str, by: Staff, note: str = "") -> None:
    record_change(
        subject=Subject.PARTNER,
        subject_id=partner.pk,
        from_state=before,
        to_state=to,
        actor_id=by.pk,
        note=note,
    )
