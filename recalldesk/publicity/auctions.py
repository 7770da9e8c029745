"""Auction sites are looked at for the product, again and again.

Guarantees: nothing that was entered changes: a look that was wrong is taken back by a row, once,
with its reason in the log; what leads to a seller is sealed. A site that was looked at is due again
seven days after the newest look at it that stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Subject
from recalldesk.publicity.entering import (
    address,
    day_that_was,
    lock_recall,
    log_entered,
    log_taken_back,
    said,
)
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.models import AuctionCheck
from recalldesk.publicity.states import Action, Outcome
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import sealed

EVERY = timedelta(days=7)
MOST_LINKS = 50
MOST_LISTINGS = 100_000
LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Found:
    """What was found there, and what was done about it."""

    listings: int
    links: Sequence[str] = field(default=())
    action: Action = Action.NONE
    outcome: Outcome = Outcome.LISTED
    note: str = ""


@dataclass(frozen=True)
class SiteDue:
    """A site, when somebody looked at it last, by which row, and when it is due again. `listed`:
    how many listings stood there then."""

    site: str
    number: int
    checked_on: date
    due_on: date
    listed: int


@transaction.atomic
def enter_check(
    *,
    recall: Recall,
    site: str,
    checked_on: date,
    search_words: str,
    found: Found | None,
    follows: int | None = None,
    are_gone: bool = False,
    by: Staff,
    nonce: str,
) -> AuctionCheck:
    """Keeps a look. `found`: None where the product was not there; `follows`: the look whose
    listings were looked for again; `are_gone`: then they are gone. Raises NotPermitted,
    PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    lock_recall(recall)
    known = AuctionCheck.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    row = AuctionCheck(
        recall=recall,
        site=said(site, 80, field="site", what="the name of the site"),
        checked_on=day_that_was(checked_on, field="checked_on"),
        search_words=said(search_words, 200, field="search_words", what="what was searched for"),
        is_found=found is not None,
        follows=_followed(recall, site, follows),
        by=by,
        nonce=nonce,
    )
    if found is not None:
        _say_found(row, found)
    elif are_gone:
        if row.follows is None:
            raise PublicityRefused("Gone since which look?", "Choose the one that found them.")
        row.outcome = Outcome.REMOVED
    row.save(force_insert=True)
    log_entered(
        Subject.AUCTION_CHECK, row.pk, recall, by.pk, "found" if row.is_found else "not_found"
    )
    return row


def _followed(recall: Recall, site: str, number: int | None) -> AuctionCheck | None:
    if number is None:
        return None
    row = standing(recall).filter(pk=number).first()
    if row is None or not row.is_found or key_of(row.site) != key_of(site):
        raise PublicityRefused(
            f"Look {number} found nothing at this site.",
            "It cannot be followed up.",
            field="follows",
        )
    return row


def _say_found(row: AuctionCheck, found: Found) -> None:
    if not 1 <= found.listings <= MOST_LISTINGS:
        raise PublicityRefused("How many listings, from 1 on?", field="listings")
    if len(found.links) > MOST_LINKS:
        raise PublicityRefused(f"At most {MOST_LINKS} links are kept.", field="links")
    if found.outcome is Outcome.NOTHING:
        raise PublicityRefused("Say what came of it.", field="outcome")
    if len(found.note) > LONGEST_NOTE:
        raise PublicityRefused(f"That has over {LONGEST_NOTE} characters.", field="note")
    links = "\n".join(address(each, field="links") for each in found.links)
    row.listings, row.action, row.outcome = found.listings, found.action, found.outcome
    for name, text in (("sealed_links", links), ("sealed_note", found.note.strip())):
        if text:
            setattr(row, name, sealed(AuctionCheck, name, text, recall_id=row.recall_id))


@transaction.atomic
def take_back_check(*, number: int, by: Staff, note: str) -> AuctionCheck:
    """Takes a look back. Again changes nothing. Raises NotPermitted, PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    rows = AuctionCheck.objects.filter(pk=number, takes_back__isnull=True)
    row = rows.select_related("recall").first()
    if row is None:
        raise PublicityRefused(f"There is no look {number} at an auction site.")
    lock_recall(row.recall)
    known = AuctionCheck.objects.filter(takes_back=row).first()
    if known is not None:
        return known
    back = AuctionCheck.objects.create(
        recall_id=row.recall_id,
        site=row.site,
        checked_on=row.checked_on,
        search_words=row.search_words,
        is_found=row.is_found,
        listings=row.listings,
        action=row.action,
        outcome=row.outcome,
        follows_id=row.follows_id,
        takes_back=row,
        by=by,
        nonce=f"back-{row.pk}",
    )
    log_taken_back(Subject.AUCTION_CHECK, row.pk, row.recall_id, by.pk, note)
    return back


def standing(recall: Recall) -> QuerySet[AuctionCheck]:
    """The looks that were not taken back."""
    return AuctionCheck.objects.filter(
        recall=recall, takes_back__isnull=True, taken_back_by__isnull=True
    )


def key_of(site: str) -> str:
    """By what two names are of one site."""
    return " ".join(site.split()).casefold()


def sites_of(recall: Recall) -> tuple[SiteDue, ...]:
    """Each site that was looked at, the one that is due first before the others."""
    newest: dict[str, AuctionCheck] = {}
    for each in standing(recall).order_by("checked_on", "pk"):
        newest[key_of(each.site)] = each
    found = (
        SiteDue(each.site, each.pk, each.checked_on, each.checked_on + EVERY, each.listings)
        for each in newest.values()
    )
    return tuple(sorted(found, key=lambda each: (each.due_on, each.site)))
