"""Who may see a filing: passes of browsers, mailed links, codes mailed a moment ago.

Guarantees: tokens have 256 random bits and are kept as digests; a link opens nothing by being
looked at, only when its button is pressed; whether a filing exists is told to nobody.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app

from recalldesk.claims.contacts import email_for_lookup, phone_of_any
from recalldesk.claims.errors import CodeNotGood, FieldsRefused, LinkNotGood
from recalldesk.claims.former_references import filings_to_come_back_to
from recalldesk.claims.letters import mail_code, mail_link
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import AccessLink, Filing, FreshCode, Pass, UnitList
from recalldesk.claims.states import FilingState, FreshFor, LinkPurpose
from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import normalise
from recalldesk.mailing.reads import written_today
from recalldesk.recalls.reads import document_of
from recalldesk.sealing.fields_of_rows import digest, opened

TOKEN_BYTES = 32
LINK_LASTS = timedelta(days=30)
DRAFT_PASS_LASTS = timedelta(days=7)
"""A draft stays with the browser that began it; what is filed, for an hour after the last look."""
PASS_LASTS = timedelta(hours=1)
CODE_LASTS = timedelta(minutes=15)
CODE_DIGITS = 6
CODE_TRIES = 5
FRESH_FOR = timedelta(minutes=15)
LEAST_BETWEEN_LINKS = timedelta(minutes=2)
MOST_LINKS_A_DAY = 10
MOST_LETTERS_A_DAY = 30
"""To one address, whatever filings name it."""


@dataclass(frozen=True)
class Opened:
    """A filing that a browser may see, with the token of its pass where it is new."""

    filing: Filing
    token: str = ""


def _digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _lasts(filing: Filing) -> timedelta:
    return DRAFT_PASS_LASTS if filing.state == FilingState.DRAFT else PASS_LASTS


def issue_pass(*, filing: Filing) -> str:
    """A new pass for the browser that asked; returns its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Pass.objects.create(
        filing=filing, digest=_digest_of(token), expires_at=clock.now() + _lasts(filing)
    )
    return token


def pass_for(*, key: str, token: str) -> Pass | None:
    """The pass that a browser's token is, for the filing of this key; None where it opens nothing.

    Each look at it lets it last longer.
    """
    now = clock.now()
    found = (
        Pass.objects.filter(digest=_digest_of(token), filing__key=key, expires_at__gt=now)
        .select_related("filing__recall", "filing__version")
        .first()
    )
    if found is None or found.filing.state == FilingState.ERASED:
        return None
    until = now + _lasts(found.filing)
    if until - found.expires_at > timedelta(minutes=5) or found.expires_at > until:
        Pass.objects.filter(pk=found.pk).update(expires_at=until)
    return found


def shorten_passes(*, filing: Filing) -> None:
    """What is filed is open for an hour after the last look, though its draft was for a week."""
    until = clock.now() + PASS_LASTS
    filing.passes.filter(expires_at__gt=until).update(expires_at=until)


def end_other_passes(*, filing: Filing, but: Pass | None) -> None:
    """Ends every pass of a locked filing but one: another may have come by a link that reached
    somebody else, and would see all that is filled in from now on.
    """
    others = filing.passes.all() if but is None else filing.passes.exclude(pk=but.pk)
    others.delete()


@transaction.atomic
def mail_new_link(*, filing: Filing) -> bool:
    """Mails the owner a link; False where one went out a moment ago, or many today."""
    held = locked_filing(filing.pk)
    if held is None or held.state == FilingState.ERASED:
        return False
    since = clock.now() - LEAST_BETWEEN_LINKS
    if held.links.filter(made_at__gt=since).exists() or is_written_to_often(held):
        return False
    mail_link(filing=held, token=new_link(filing=held))
    return True


def end_links(*, filing: Filing) -> None:
    """Ends every link of a locked filing: the address to which they went may be somebody else's."""
    filing.links.filter(expires_at__gt=clock.now()).update(expires_at=clock.now())


def mail_link_to_new_contact(*, filing: Filing) -> None:
    """Mails the link of a locked draft to where its owner is reached from now on. Those that went
    elsewhere open nothing any more.
    """
    end_links(filing=filing)
    if not is_written_to_often(filing):
        mail_link(filing=filing, token=new_link(filing=filing))


def is_written_to_often(filing: Filing) -> bool:
    """Whether the filing had many links today, or whoever is reached by its contact many letters.

    Nobody's mailbox is filled by drafts that name it.
    """
    today = filing.links.filter(made_at__gt=clock.now() - timedelta(days=1))
    contact = opened(filing, "sealed_email") or opened(filing, "sealed_phone")
    return today.count() >= MOST_LINKS_A_DAY or written_today(contact) >= MOST_LETTERS_A_DAY


def new_link(*, filing: Filing) -> str:
    """The token of a new link to a filing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    is_draft = filing.state == FilingState.DRAFT
    AccessLink.objects.create(
        filing=filing,
        digest=_digest_of(token),
        purpose=LinkPurpose.DRAFT if is_draft else LinkPurpose.STATUS,
        expires_at=clock.now() + LINK_LASTS,
    )
    return token


def come_back(*, reference: str, contact: str) -> None:
    """Has a new link sent where reference and contact belong together; says nothing of whether.

    `contact` is the e-mail address, or the phone number, that the owner gave. A job sends it, and
    one is deferred in either case: the time that this takes says nothing either.
    """
    named = filings_to_come_back_to(reference)
    theirs = [filing.pk for filing in named if is_contact_of(filing, contact.strip())]
    app.configure_task("claims.mail_new_link", queue="claims").defer(
        filing_id=theirs[0] if theirs else 0
    )


def is_contact_of(filing: Filing, contact: str) -> bool:
    """Whether this e-mail address or phone number is the one that the owner gave. To nobody who
    asks is it told."""
    if "@" in contact:
        wanted = digest(Filing, "email_digest", email_for_lookup(contact))
        return hmac.compare_digest(bytes(filing.email_digest), wanted)
    countries = document_of(filing.version).countries
    try:
        phone = phone_of_any(contact, (filing.country,) if filing.country else countries)
    except FieldsRefused:
        return False
    wanted = digest(Filing, "phone_digest", phone)
    return hmac.compare_digest(bytes(filing.phone_digest), wanted)


def link_named(token: str) -> AccessLink | None:
    """The link of a token, also one whose time is over; None where it never was one."""
    return AccessLink.objects.filter(digest=_digest_of(token)).select_related("filing").first()


def is_over(link: AccessLink) -> bool:
    """Whether the link's time is over, so that it opens nothing and a new one may be mailed."""
    return link.expires_at <= clock.now()


@transaction.atomic
def open_link(*, token: str) -> Opened:
    """The filing of a link, with a new pass; a draft is kept from now on. Raises LinkNotGood."""
    link = link_named(token)
    if link is None or link.filing.state == FilingState.ERASED:
        raise LinkNotGood(can_renew=False)
    if is_over(link):
        raise LinkNotGood(can_renew=True)
    Filing.objects.filter(pk=link.filing_id, state=FilingState.DRAFT).update(touched_at=clock.now())
    # Every link goes to the address that the filing names, and ends when it names another.
    UnitList.objects.filter(filing=link.filing_id).update(
        confirmed_digest=bytes(link.filing.email_digest)
    )
    return Opened(link.filing, issue_pass(filing=link.filing))


def renew_link(*, token: str) -> bool:
    """Mails a new link in place of one whose time is over, to the address that is on file."""
    link = link_named(token)
    if link is None or link.filing.state == FilingState.ERASED:
        return False
    return mail_new_link(filing=link.filing)


def _code_digest(code: str, filing: Filing, purpose: FreshFor) -> bytes:
    said = f"{filing.pk} {purpose} {code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()


@transaction.atomic
def mail_fresh_code(*, filing: Filing, purpose: FreshFor) -> bool:
    """Mails a code of six digits; those mailed before for the same are no good any more.

    False where one went out a moment ago and still is good, or many did today: nothing is mailed.
    """
    now = clock.now()
    held = locked_filing(filing.pk)
    if held is None or held.state == FilingState.ERASED:
        return False
    earlier = held.fresh_codes.filter(purpose=purpose)
    if earlier.filter(made_at__gt=now - timedelta(minutes=1), used_at__isnull=True).exists():
        return False
    if earlier.filter(made_at__gt=now - timedelta(days=1)).count() >= MOST_LINKS_A_DAY:
        return False
    earlier.filter(expires_at__gt=now).update(expires_at=now)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    FreshCode.objects.create(
        filing=held,
        purpose=purpose,
        digest=_code_digest(code, held, purpose),
        tries_left=CODE_TRIES,
        expires_at=now + CODE_LASTS,
    )
    mail_code(filing=held, code=code, minutes=int(CODE_LASTS.total_seconds() // 60))
    return True


def fresh_code_waits(*, filing: Filing, purpose: FreshFor) -> bool:
    """Whether a code that was mailed can still be given: whoever fetched it from another program
    may find that the browser has asked for the page anew."""
    return _good_codes(filing, purpose).exists()


def _good_codes(filing: Filing, purpose: FreshFor) -> QuerySet[FreshCode]:
    return filing.fresh_codes.filter(
        purpose=purpose, used_at__isnull=True, expires_at__gt=clock.now(), tries_left__gt=0
    ).order_by("-pk")


def give_fresh_code(*, opened: Pass, purpose: FreshFor, code: str) -> None:
    """Makes the pass fresh for a while. Raises CodeNotGood. Each try counts, also a wrong one.

    It is fresh for every purpose: all codes of a filing go to the same address or number, which no
    page changes, so that a second code would prove nothing more (docs/following.md).
    """
    now = clock.now()
    waiting = _good_codes(opened.filing, purpose)
    row = waiting.first()
    if row is None or not waiting.filter(pk=row.pk).update(tries_left=F("tries_left") - 1):
        raise CodeNotGood
    typed = normalise(code)
    if not hmac.compare_digest(bytes(row.digest), _code_digest(typed, opened.filing, purpose)):
        raise CodeNotGood
    if not FreshCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now):
        raise CodeNotGood
    opened.fresh_until = now + FRESH_FOR
    Pass.objects.filter(pk=opened.pk).update(fresh_until=opened.fresh_until)


def is_fresh(opened: Pass, at: datetime) -> bool:
    """Whether a mailed code was given with this pass a moment ago."""
    return opened.fresh_until is not None and opened.fresh_until > at
