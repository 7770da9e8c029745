"""Posts on social networks are entered, and read from time to time.

Guarantees: a post stands once for its recall; nothing that was entered changes: what is wrong is
taken back by a row, once, with its reason in the log.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Subject
from recalldesk.publicity.entering import (
    MOST,
    address,
    day_that_was,
    lock_recall,
    log_entered,
    log_taken_back,
    moment_that_was,
)
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.models import SocialPost, SocialReading
from recalldesk.publicity.states import Network, PostKind
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class Shown:
    """What the network shows of a post, in all since it was posted; None: it does not show it."""

    reactions: int | None = None
    comments: int | None = None
    shares: int | None = None
    views: int | None = None


@transaction.atomic
def enter_post(
    *,
    recall: Recall,
    network: Network,
    at_address: str,
    kind: PostKind,
    posted_at: datetime,
    by: Staff,
    nonce: str,
) -> SocialPost:
    """Keeps a post of the firm. Raises NotPermitted, PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    lock_recall(recall)
    known = SocialPost.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    where = address(at_address, field="address")
    standing = SocialPost.objects.filter(recall=recall, address=where, takes_back__isnull=True)
    if standing.filter(taken_back_by__isnull=True).exists():
        raise PublicityRefused(
            "This post is entered already.", "Enter what it shows now beside it.", field="address"
        )
    post = SocialPost.objects.create(
        recall=recall,
        network=network,
        address=where,
        kind=kind,
        posted_at=moment_that_was(posted_at, field="posted_at"),
        by=by,
        nonce=nonce,
    )
    log_entered(Subject.SOCIAL_POST, post.pk, recall, by.pk)
    return post


@transaction.atomic
def read_post(
    *, post_number: int, shown: Shown, read_on: date, by: Staff, nonce: str
) -> SocialReading:
    """Keeps what the network showed of a post on a day. Raises NotPermitted, PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    post = _post(post_number)
    lock_recall(post.recall)
    known = SocialReading.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    if SocialPost.objects.filter(takes_back=post).exists():
        raise PublicityRefused(f"Post {post.pk} was taken back.", "It is read no more.")
    figures = vars(shown)
    if all(figure is None for figure in figures.values()):
        raise PublicityRefused("Write at least one figure.", field="reactions")
    for name, figure in figures.items():
        if figure is not None and not 0 <= figure <= MOST:
            raise PublicityRefused("Write a whole number from 0 on.", field=name)
    if day_that_was(read_on, field="read_on") < post.posted_at.date():
        raise PublicityRefused("That is before it was posted.", field="read_on")
    reading = SocialReading.objects.create(
        post=post, read_on=read_on, by=by, nonce=nonce, **figures
    )
    log_entered(Subject.SOCIAL_POST, post.pk, post.recall, by.pk, "read")
    return reading


@transaction.atomic
def take_back_post(*, number: int, by: Staff, note: str) -> SocialPost:
    """Takes a post back, and with it its readings. Again changes nothing. Raises NotPermitted,
    PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    post = _post(number)
    lock_recall(post.recall)
    known = SocialPost.objects.filter(takes_back=post).first()
    if known is not None:
        return known
    back = SocialPost.objects.create(
        recall_id=post.recall_id,
        network=post.network,
        address=post.address,
        kind=post.kind,
        posted_at=post.posted_at,
        takes_back=post,
        by=by,
        nonce=f"back-{post.pk}",
    )
    log_taken_back(Subject.SOCIAL_POST, post.pk, post.recall_id, by.pk, note)
    return back


@transaction.atomic
def take_back_reading(*, number: int, by: Staff, note: str) -> SocialReading:
    """Takes a reading back; the one before it counts again. Again changes nothing. Raises
    NotPermitted, PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    rows = SocialReading.objects.filter(pk=number, takes_back__isnull=True)
    reading = rows.select_related("post__recall").first()
    if reading is None:
        raise PublicityRefused(f"There is no reading {number}.")
    lock_recall(reading.post.recall)
    known = SocialReading.objects.filter(takes_back=reading).first()
    if known is not None:
        return known
    back = SocialReading.objects.create(
        post_id=reading.post_id,
        read_on=reading.read_on,
        reactions=reading.reactions,
        comments=reading.comments,
        shares=reading.shares,
        views=reading.views,
        takes_back=reading,
        by=by,
        nonce=f"back-{reading.pk}",
    )
    log_taken_back(Subject.SOCIAL_POST, reading.post_id, reading.post.recall_id, by.pk, note)
    return back


def _post(number: int) -> SocialPost:
    rows = SocialPost.objects.filter(pk=number, takes_back__isnull=True)
    post = rows.select_related("recall").first()
    if post is None:
        raise PublicityRefused(f"There is no post {number}.")
    return post
