"""The door to what was done in public, as a report asks for it; `hits_of` stands in `hits.py`.

Guarantees: what a moment or a period is asked for counts by when it was written here, so that it
never changes afterwards, whatever is written or taken back later; hits alone count by the day on
which they came, as known at the moment that is asked for. Each figure names the rows behind it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from recalldesk.publicity.hits import hits_of
from recalldesk.publicity.models import (
    AuctionCheck,
    HomePageAnswer,
    SocialPost,
    SocialReading,
)
from recalldesk.publicity.states import Action, LinkPlace, Network, Outcome, PostKind
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

__all__ = [
    "FEATURED_FOR",
    "WORDS_OF_A_LINK",
    "HomePage",
    "Look",
    "Post",
    "auction_checks_of",
    "beginning",
    "end",
    "hits_of",
    "home_page_answers",
    "home_page_at",
    "posts_of",
]
FEATURED_FOR = timedelta(days=120)
"""For how long a home page leads to a recall, or until the recall is closed."""
WORDS_OF_A_LINK = ("recall", "safety")
"""What the text of the link must contain."""


@dataclass(frozen=True)
class HomePage:
    """Whether the home page led to the recall at a moment. `number`: the row that says so."""

    number: int
    is_linked: bool
    page: str
    link_text: str
    place: LinkPlace | None
    since: date | None
    why_not: str
    at: datetime
    by: str

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the link lacks of what authorities ask for; nothing where there is none."""
        if not self.is_linked:
            return ()
        text = self.link_text.casefold()
        missing = [f"its text lacks “{word}”" for word in WORDS_OF_A_LINK if word not in text]
        if self.place is not LinkPlace.TOP_THIRD:
            missing.append("it does not stand in the top third of the page")
        return tuple(missing)

    @property
    def until(self) -> date | None:
        """The last day of the 120."""
        return self.since + FEATURED_FOR - timedelta(days=1) if self.since else None


@dataclass(frozen=True)
class Post:
    """A post as it stood at the end of a day. `reading`: the row with its figures, if any; a figure
    is None where the network does not show it."""

    number: int
    network: Network
    address: str
    kind: PostKind
    posted_at: datetime
    at: datetime
    by: str
    reading: int | None = None
    read_on: date | None = None
    reactions: int | None = None
    comments: int | None = None
    shares: int | None = None
    views: int | None = None


@dataclass(frozen=True)
class Look:
    """A look at an auction site. `counts`: 1, or -1 where the row takes the look `takes_back` back;
    `taken_back_by`: the row that did so until the end of the period."""

    number: int
    site: str
    checked_on: date
    search_words: str
    is_found: bool
    listings: int
    links: tuple[str, ...]
    action: Action
    outcome: Outcome
    note: str
    follows: int | None
    takes_back: int | None
    taken_back_by: int | None
    at: datetime
    by: str

    @property
    def counts(self) -> int:
        """What the row adds to the number of looks of its period."""
        return -1 if self.takes_back else 1


def beginning(day: date) -> datetime:
    """The first moment of a day of UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def end(day: date) -> datetime:
    """The first moment after a day of UTC."""
    return beginning(day + timedelta(days=1))


def home_page_at(recall: Recall, moment: datetime) -> HomePage | None:
    """The newest answer that was written before a moment; None where nobody had answered."""
    rows = HomePageAnswer.objects.filter(recall=recall, at__lt=moment).select_related("by")
    row = rows.order_by("-at", "-pk").first()
    return None if row is None else _home_page(row)


def home_page_answers(recall: Recall) -> tuple[HomePage, ...]:
    """All answers, the newest first."""
    rows = HomePageAnswer.objects.filter(recall=recall).select_related("by").order_by("-at", "-pk")
    return tuple(map(_home_page, rows))


def _home_page(row: HomePageAnswer) -> HomePage:
    return HomePage(
        number=row.pk,
        is_linked=row.is_linked,
        page=row.page,
        link_text=row.link_text,
        place=LinkPlace(row.place) if row.place else None,
        since=row.since,
        why_not=row.why_not,
        at=row.at,
        by=row.by.name,
    )


def posts_of(recall: Recall, last: date) -> tuple[Post, ...]:
    """The posts that stood at the end of a day, each with its newest reading of then, by network
    and time."""
    before = end(last)
    posts = SocialPost.objects.filter(recall=recall, at__lt=before, takes_back__isnull=True)
    posts = posts.exclude(taken_back_by__at__lt=before).select_related("by")
    readings = _readings(recall, before)
    ordered = sorted(posts, key=lambda each: (each.network, each.posted_at, each.pk))
    return tuple(_post(each, readings.get(each.pk)) for each in ordered)


def _readings(recall: Recall, before: datetime) -> dict[int, SocialReading]:
    """The newest reading of each post that stood at a moment."""
    rows = SocialReading.objects.filter(
        post__recall=recall, at__lt=before, takes_back__isnull=True
    ).exclude(taken_back_by__at__lt=before)
    newest = rows.order_by("post_id", "-read_on", "-pk").distinct("post_id")
    return {each.post_id: each for each in newest}


def _post(row: SocialPost, reading: SocialReading | None) -> Post:
    post = Post(
        number=row.pk,
        network=Network(row.network),
        address=row.address,
        kind=PostKind(row.kind),
        posted_at=row.posted_at,
        at=row.at,
        by=row.by.name,
    )
    if reading is None:
        return post
    return replace(
        post,
        reading=reading.pk,
        read_on=reading.read_on,
        reactions=reading.reactions,
        comments=reading.comments,
        shares=reading.shares,
        views=reading.views,
    )


def auction_checks_of(recall: Recall, first: date, last: date) -> tuple[Look, ...]:
    """The looks that were written in a period, and the rows that took looks back in it; the oldest
    first. The sum of what they count is the period's number of looks."""
    before = end(last)
    rows = AuctionCheck.objects.filter(recall=recall, at__gte=beginning(first), at__lt=before)
    rows = rows.select_related("by", "taken_back_by").order_by("at", "pk")
    return tuple(_look(each, before) for each in rows)


def _look(row: AuctionCheck, before: datetime) -> Look:
    back = getattr(row, "taken_back_by", None)
    return Look(
        number=row.pk,
        site=row.site,
        checked_on=row.checked_on,
        search_words=row.search_words,
        is_found=row.is_found,
        listings=row.listings,
        links=tuple(opened(row, "sealed_links").split()),
        action=Action(row.action),
        outcome=Outcome(row.outcome),
        note=opened(row, "sealed_note"),
        follows=row.follows_id,
        takes_back=row.takes_back_id,
        taken_back_by=back.pk if back is not None and back.at < before else None,
        at=row.at,
        by=row.by.name,
    )
