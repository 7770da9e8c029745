"""The tour of `recalldesk demo`: it takes each part and says each step with its time."""

from collections.abc import Callable, Iterator
from dataclasses import replace

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
    """Checks, two claims, each to its remedy, and one for the desk.

    Raises TourEnded with the step that failed.
    """
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
        first, second, third = owners_of(file, live.document, (CARD, PARCEL, CARD))
        for owner, unit in (first, second):
            _take_claim(address, owner, unit)
        owner, unit = third
        _file_for_a_person(address, owner, unit, photographed=replace(unit, serial=first[1].serial))
    except LookupError as error:
        raise TourEnded(f"A page or a letter lacks something: {error}.") from error
    except OSError as error:
        raise TourEnded(f"The server does not answer: {error}.") from error
    say(f"All that was mailed to them: {address}/demo/mail")
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


def _file_for_a_person(address: str, owner: Owner, unit: Unit, *, photographed: Unit) -> None:
    """A claim that the rule gives to a person, so that the desk has one to decide."""
    claim = ClaimTour(
        Browser(address), recall=FIRST, owner=owner, unit=unit, photographed=photographed
    )
    for _ in claim.steps():
        pass
    say(f"And one whose label reads as another serial, for a person at the desk: {claim.reference}")


def _say(steps: Iterator[ClaimStep]) -> None:
    for step in steps:
        say(f"  {step}")
