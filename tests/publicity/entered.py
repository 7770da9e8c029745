"""Short ways for the tests of this folder to enter what is done in public. All is made up."""

from datetime import UTC, date, datetime
from itertools import count

from recalldesk.accounts.models import Staff
from recalldesk.publicity.auctions import Found, enter_check
from recalldesk.publicity.home_page import Link, answer_home_page
from recalldesk.publicity.models import AuctionCheck, HomePageAnswer, SocialPost, SocialReading
from recalldesk.publicity.social import Shown, enter_post, read_post
from recalldesk.publicity.states import LinkPlace, Network, PostKind
from recalldesk.recalls.models import Recall

_numbers = count(1)


def nonce() -> str:
    """A name of a form that no other form has."""
    return f"form-{next(_numbers)}"


def linked(
    recall: Recall, by: Staff, *, text: str = "Recall and safety", since: date = date(2026, 3, 2)
) -> HomePageAnswer:
    """The home page leads to the recall."""
    link = Link("https://www.example.com/", text, LinkPlace.TOP_THIRD, since)
    return answer_home_page(recall=recall, link=link, by=by, nonce=nonce())


def not_linked(recall: Recall, by: Staff, why: str = "It is rebuilt.") -> HomePageAnswer:
    """It does not."""
    return answer_home_page(recall=recall, link=None, why_not=why, by=by, nonce=nonce())


def posted(
    recall: Recall,
    by: Staff,
    address: str = "https://social.example.com/1",
    *,
    network: Network = Network.FACEBOOK,
    at: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC),
) -> SocialPost:
    """A post."""
    return enter_post(
        recall=recall,
        network=network,
        at_address=address,
        kind=PostKind.FIRST,
        posted_at=at,
        by=by,
        nonce=nonce(),
    )


def read(post: SocialPost, by: Staff, on: date, reactions: int, **figures: int) -> SocialReading:
    """What it shows."""
    shown = Shown(reactions=reactions, **figures)
    return read_post(post_number=post.pk, shown=shown, read_on=on, by=by, nonce=nonce())


def looked(
    recall: Recall,
    by: Staff,
    site: str = "Madeup Auctions",
    *,
    on: date = date(2026, 3, 3),
    found: Found | None = None,
    follows: int | None = None,
    are_gone: bool = False,
) -> AuctionCheck:
    """A look at a site."""
    return enter_check(
        recall=recall,
        site=site,
        checked_on=on,
        search_words="kettle k20",
        found=found,
        follows=follows,
        are_gone=are_gone,
        by=by,
        nonce=nonce(),
    )
