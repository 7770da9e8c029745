"""How a partner comes to its own page: mailed links, and passes of browsers.

Guarantees: tokens have 256 random bits and are kept as digests; a link opens nothing by being
looked at, only when its button is pressed; whether an address is a partner's is told to nobody;
nobody's mailbox is filled.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Partner, PartnerLink, PartnerPass, Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.mailing.reads import written_today
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.stock.errors import PartnerLinkNotGood
from recalldesk.stock.partners.letters import mail_partner_link

TOKEN_BYTES = 32
LONGEST_TOKEN = 100
LINK_LASTS = timedelta(days=30)
PASS_LASTS = timedelta(hours=1)
"""After the last look."""
LEAST_BETWEEN_LINKS = timedelta(minutes=2)
MOST_LINKS_A_DAY = 10
MOST_LETTERS_A_DAY = 30
"""To one address, whichever partners it belongs to."""
MAIL_LINK, QUEUE = "stock.mail_link", "stock"
NOBODY = 0
LINK_MAILED = "link_mailed"


@dataclass(frozen=True)
class OpenedPage:
    """A partner whose page a browser may see from now on, with the token of its new pass."""

    partner: Partner
    token: str


def digest_of(token: str) -> bytes:
    """By which a token is found. Of so random a text nothing more costly is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def new_link(partner: Partner) -> str:
    """The token of a new link to a partner's page."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    PartnerLink.objects.create(
        partner=partner, digest=digest_of(token), expires_at=clock.now() + LINK_LASTS
    )
    return token


@transaction.atomic
def mail_new_link(*, partner: Partner, by: Staff | None = None) -> bool:
    """Mails the partner a link; `by`: who of the desk asked for it. False where one went out a
    moment ago, or many today, or it is no partner any more: then nothing is mailed. Raises
    NotPermitted.
    """
    if by is not None:
        require(by, Permission.MANAGE_PARTNERS)
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if not held.is_active or _is_written_to_often(held):
        return False
    mail_partner_link(partner=held, token=new_link(held))
    record_change(
        subject=Subject.PARTNER,
        subject_id=held.pk,
        from_state=LINK_MAILED,
        to_state=LINK_MAILED,
        actor=Actor.STAFF if by else Actor.PARTNER,
        actor_id=by.pk if by else held.pk,
    )
    return True


def _is_written_to_often(partner: Partner) -> bool:
    now = clock.now()
    if partner.links.filter(made_at__gt=now - LEAST_BETWEEN_LINKS).exists():
        return True
    if partner.links.filter(made_at__gt=now - timedelta(days=1)).count() >= MOST_LINKS_A_DAY:
        return True
    return written_today(opened(partner, "sealed_email")) >= MOST_LETTERS_A_DAY


def ask_for_link(*, email: str) -> None:
    """Has a link mailed to the partners of this address; says nothing of whether there are any.

    Every partner is looked at, and a job deferred, in either case: the time that this takes says
    nothing either.
    """
    wanted = email.strip().casefold()
    found = [
        partner.pk
        for partner in Partner.objects.filter(ended_at=None).order_by("pk")
        if opened(partner, "sealed_email").casefold() == wanted
    ]
    for partner_id in found or [NOBODY]:
        app.configure_task(MAIL_LINK, queue=QUEUE).defer(partner_id=partner_id)


def link_named(token: str) -> PartnerLink | None:
    """The link of a token, also one whose time is over; None where it opens nobody's page."""
    if len(token) > LONGEST_TOKEN:
        return None
    rows = PartnerLink.objects.filter(digest=digest_of(token), partner__ended_at=None)
    return rows.select_related("partner").first()


def is_over(link: PartnerLink) -> bool:
    """Whether the link's time is over, so that it opens nothing and a new one may be mailed."""
    return link.expires_at <= clock.now()


@transaction.atomic
def open_link(*, token: str) -> OpenedPage:
    """The partner of a link, with a new pass. Raises PartnerLinkNotGood."""
    link = link_named(token)
    if link is None:
        raise PartnerLinkNotGood(can_renew=False)
    if is_over(link):
        raise PartnerLinkNotGood(can_renew=True)
    return OpenedPage(link.partner, issue_pass(link.partner))


def issue_pass(partner: Partner) -> str:
    """The token of a new pass for the browser that asked."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    PartnerPass.objects.create(
        partner=partner, digest=digest_of(token), expires_at=clock.now() + PASS_LASTS
    )
    return token


def renew_link(*, token: str) -> bool:
    """Mails a new link in place of one whose time is over, to the address that is on file."""
    link = link_named(token)
    return mail_new_link(partner=link.partner) if link is not None else False


def partner_with(token: str) -> Partner | None:
    """The partner whose page a browser's token opens; None where it opens none. Each look lets it
    last longer."""
    now = clock.now()
    rows = PartnerPass.objects.filter(
        digest=digest_of(token), expires_at__gt=now, partner__ended_at=None
    )
    found = rows.select_related("partner").first()
    if found is None:
        return None
    until = now + PASS_LASTS
    if until - found.expires_at > timedelta(minutes=5):
        PartnerPass.objects.filter(pk=found.pk).update(expires_at=until)
    return found.partner


def end_pass(token: str) -> None:
    """Ends the pass of one browser."""
    PartnerPass.objects.filter(digest=digest_of(token)).delete()


def end_access(partner: Partner) -> None:
    """Ends every link and pass of a locked partner."""
    now = clock.now()
    partner.links.filter(expires_at__gt=now).update(expires_at=now)
    partner.passes.all().delete()


def forget_old_passes() -> int:
    """Deletes passes whose time is over."""
    return PartnerPass.objects.filter(expires_at__lte=clock.now()).delete()[0]
