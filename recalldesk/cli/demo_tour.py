"""The tour of `recalldesk demo`: it takes each part and says each step with its time."""

from collections.abc import Callable, Iterator

from django.conf import settings

from recalldesk.cli.screen import say
from recalldesk.demo.browser import Browser
from recalldesk.demo.claim_tour import ClaimStep, ClaimTour, Owner
from recalldesk.demo.mailbox import Mailbox
from recalldesk.demo.owners import owners_of
from recalldesk.demo.remedy_tour import RemedyTour
from recalldesk.demo.tour import Tour, TourEnded
from recalldesk.demo.tour_photos import Unit
from recalldesk.recalls.reads import live_recall

FIRST = "anker-a1263"
CARD, PARCEL = "gift-card", "power-bank"


def take_tour(address: str, is_running: Callable[[], bool]) -> None:
    """Checks, then two claims, each to its remedy. Raises TourEnded with the step that failed."""
    live = live_recall(FIRST)
    assert live is not None
    file = settings.HOME / "a1263-serials.csv.gz"
    tour = Tour(address, live.document.products[0].serial.form, file)
    tour.wait_until_ready(is_running)
    say("A tour, one check for each verdict:")
    for step in tour.steps():
        say(
            f"  {step.what}: {step.serial} -> {step.answer['verdict']} ({step.milliseconds:.0f} ms)"
        )
        say(f"    {step.answer['next']}")
    try:
        for owner, unit in owners_of(file, live.document, (CARD, PARCEL)):
            _take_claim(address, owner, unit)
    except LookupError as error:
        raise TourEnded(f"A page or a letter lacks something: {error}.") from error
    except OSError as error:
        raise TourEnded(f"The server does not answer: {error}.") from error
    say(f"All that was mailed to both: {address}/demo/mail")
    say(f"The made-up serials stand in {file}.")


def _take_claim(address: str, owner: Owner, unit: Unit) -> None:
    browser = Browser(address)
    mailbox = Mailbox(browser, owner.email)
    say(f"{owner.name} files a claim by the pages, with drawn photos:")
    claim = ClaimTour(browser, recall=FIRST, owner=owner, unit=unit)
    _say(claim.steps())
    remedy = RemedyTour(browser, mailbox, claim.status)
    if owner.remedy == CARD:
        say("What comes of it, with no wait before ordering in a demo (a week, unless changed):")
        _say(remedy.gift_card())
    else:
        say("What comes of it, with a made-up carrier that takes some seconds:")
        _say(remedy.parcel())


def _say(steps: Iterator[ClaimStep]) -> None:
    for step in steps:
        say(f"  {step}")
