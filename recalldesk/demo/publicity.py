"""What a made-up firm does in public for a recall: its home page, posts, looks at auction sites,
and a proxy's log of a week.

Guarantee: it comes in once, whole or not at all; every address is one for examples,
and the log names nobody.
"""

import gzip
import random
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.publicity.auctions import Found, enter_check
from recalldesk.publicity.home_page import Link, answer_home_page
from recalldesk.publicity.logs.run import import_hits
from recalldesk.publicity.reads import home_page_at
from recalldesk.publicity.social import Shown, enter_post, read_post
from recalldesk.publicity.states import Action, LinkPlace, Network, PostKind
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import recall_named

SEED = 12
DAYS, VISITS_A_DAY = 7, 240
PAGES = ("", "", "", "check", "check", "disposal", "danger", "claim")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOT = "Madeupbot/1.0 (+https://example.com/bot)"
POSTS = (
    (Network.FACEBOOK, Shown(reactions=412, comments=57, shares=231)),
    (Network.INSTAGRAM, Shown(reactions=188, comments=20)),
    (Network.X, Shown(reactions=95, comments=14, shares=120, views=21_400)),
)


@transaction.atomic
def do_in_public(slug: str, *, folder: Path, by: Staff) -> bool:
    """Enters it for the recall of that name; False where there is none, or it is entered."""
    recall, now = recall_named(slug), clock.now()
    if recall is None or home_page_at(recall, now) is not None:
        return False
    _post(recall, by, now)
    _look(recall, by, now)
    log = folder / "made-up-hits.log.gz"
    write_log(log, slug, now)
    import_hits(recall=recall, path=log, by=by)
    answer_home_page(
        recall=recall,
        link=Link(
            "https://www.example.com/", "Product safety recall", LinkPlace.TOP_THIRD, now.date()
        ),
        by=by,
        nonce=f"demo-home-{recall.pk}",
    )
    return True


def _post(recall: Recall, by: Staff, now: datetime) -> None:
    for network, shown in POSTS:
        post = enter_post(
            recall=recall,
            network=network,
            at_address=f"https://social.example.com/{network.value}/{recall.slug}",
            kind=PostKind.FIRST,
            posted_at=now,
            by=by,
            nonce=f"demo-{network.value}-{recall.pk}",
        )
        read_post(
            post_number=post.pk,
            shown=shown,
            read_on=now.date(),
            by=by,
            nonce=f"demo-{network.value}-read-{recall.pk}",
        )


def _look(recall: Recall, by: Staff, now: datetime) -> None:
    links = ("https://auctions.example.com/item/1", "https://auctions.example.com/item/2")
    found = Found(2, links, Action.SITE, note="Made up: told by the site's own form.")
    for site, there in (("Madeup Auctions", found), ("Madeup Market", None)):
        enter_check(
            recall=recall,
            site=site,
            checked_on=now.date(),
            search_words="power bank A1263",
            found=there,
            by=by,
            nonce=f"demo-{site}-{recall.pk}",
        )


def write_log(path: Path, slug: str, now: datetime) -> None:
    """A log in the form that names nobody, of the days before this one."""
    chance = random.Random(SEED)  # noqa: S311 - made up, and the same each time
    begins = now.replace(hour=0, minute=0, second=0) - timedelta(days=DAYS)
    seconds = sorted(chance.randrange(DAYS * 86_400) for _ in range(DAYS * VISITS_A_DAY))
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for each in seconds:
            at = (begins + timedelta(seconds=each)).strftime("%d/%b/%Y:%H:%M:%S +0000")
            target = f"/{chance.choice(('en', 'en', 'es'))}/recalls/{slug}/{chance.choice(PAGES)}"
            agent = ROBOT if chance.random() < 0.15 else BROWSER
            number = f"{chance.getrandbits(128):032x}"
            file.write(f'{number} - - [{at}] "GET {target} HTTP/1.1" 200 5120 "-" "{agent}"\n')
