"""The steps of a claim as pages: which there are, which is next, and what each page shows of them.

Guarantees: a page of a step is shown for a draft only; whoever comes to it after the claim was
sent, in another tab or by the back button, is led to how the claim stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from recalldesk.claims.completeness import FilingFacts, Step, UnitFacts, steps_of
from recalldesk.claims.errors import AlreadyFiled
from recalldesk.claims.reads import SeenFiling, seen_filing
from recalldesk.claims.states import UnitReading
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.portal.claiming.email_meant import email_meant
from recalldesk.portal.claiming.visitor import View, Visitor, claim_page, go_to
from recalldesk.recalls.document import Document

P = ParamSpec("P")

NAMES: Mapping[Step, Promise] = {
    Step.UNIT: gettext_lazy("Your unit"),
    Step.PHOTOS: gettext_lazy("Photos"),
    Step.YOU: gettext_lazy("You"),
    Step.REMEDY: gettext_lazy("Your remedy"),
    Step.SEND: gettext_lazy("Send"),
}
ASK_FOR_EMAIL_AGAIN = frozenset({Step.REMEDY, Step.SEND})
"""The steps that ask once more about an address that looks mistyped: right after it, and last."""
NO_PHOTO = "?no-photo"
"""Says on the page after the photos that there will be none, with the way back to them."""
PART_OF = {Step.DETAILS: Step.REMEDY}
"""What is counted as one step, so that the count stays the same from the first page to the last."""


@dataclass(frozen=True)
class ShownStep:
    """One step of the quiet list. `url` leads back to it, and is empty where it is not behind."""

    name: Promise
    is_past: bool
    is_now: bool
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """Where in its steps a claim is."""

    steps: tuple[ShownStep, ...]

    @property
    def number(self) -> int:
        """The place of the present step, from 1."""
        return next(place for place, step in enumerate(self.steps, start=1) if step.is_now)

    @property
    def name(self) -> Promise:
        """The present step's name."""
        return self.steps[self.number - 1].name

    @property
    def back_url(self) -> str:
        """The page of the step before; empty at the first."""
        return self.steps[self.number - 2].url if self.number > 1 else ""


def _progress(steps: tuple[Step, ...], now: Step, url_of: Callable[[Step], str]) -> Progress:
    counted = [step for step in steps if step not in PART_OF]
    place = counted.index(PART_OF.get(now, now))
    return Progress(
        tuple(
            ShownStep(NAMES[step], at < place, at == place, url_of(step) if at < place else "")
            for at, step in enumerate(counted)
        )
    )


def progress_of(visitor: Visitor, now: Step) -> Progress:
    """Where the visitor's draft is."""
    steps = visitor.seen.steps
    shown = steps if PART_OF.get(now, now) in steps else (*steps, now)
    return _progress(shown, now, lambda step: step_url(visitor, step))


def progress_at_start(document: Document) -> Progress:
    """Where somebody is who begins a claim."""
    one = FilingFacts((UnitFacts(UnitReading.SERIAL, has_serial=False),))
    return _progress(steps_of(document, one), Step.UNIT, lambda _: "")


def step_url(visitor: Visitor, step: Step) -> str:
    """The page of a step of the visitor's draft."""
    return visitor.address(f"claim_{step.value}")


def step_page(step: Step) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A page of one step, which answers its form too. What was sent meanwhile leads to its status;
    whoever pressed "send" once more is thanked there as after the first time."""
    thanks = "?sent" if step is Step.SEND else ""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @claim_page(posts=True)
        @wraps(view)
        def answer(
            request: HttpRequest, visitor: Visitor, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if visitor.seen.is_draft:
                try:
                    return view(request, visitor, *args, **kwargs)
                except AlreadyFiled:
                    pass
            return see(visitor.address("claim") + (thanks if request.method == "POST" else ""))

        return answer

    return decorate


def see(address: str) -> HttpResponse:
    """Leads on to another page after a form, so that a reload sends nothing twice."""
    response = redirect(address)
    response.status_code = 303
    return response


def lead_on(visitor: Visitor, *, to_photos: bool = False) -> HttpResponse:
    """Leads to the first step that still lacks something, or to the last page.

    `to_photos`: from the step before them. From any other nobody is led back to photos that are
    to come later: the last page says how they come.
    """
    step = next_step(seen_anew(visitor).missing, to_photos=to_photos)
    return go_to(visitor, f"claim_{step.value}")


def next_step(missing: tuple[Step, ...], *, to_photos: bool = False) -> Step:
    """The first of the steps that lack something; with none but photos missing, the last page."""
    return next((step for step in missing if to_photos or step is not Step.PHOTOS), Step.SEND)


def seen_anew(visitor: Visitor) -> SeenFiling:
    """The filing as it stands after an action."""
    visitor.filing.refresh_from_db()
    return seen_filing(visitor.filing)


def anew(visitor: Visitor) -> Visitor:
    """The visitor, who sees the filing as it stands after an action."""
    return replace(visitor, seen=seen_anew(visitor))


def step_values(request: HttpRequest, visitor: Visitor, step: Step) -> dict[str, Any]:
    """What each page of a step shows."""
    seen = visitor.seen
    return {
        "visitor": visitor,
        "seen": seen,
        "subject": visitor.subject,
        "document": seen.document,
        "progress": progress_of(visitor, step),
        "step": step.value,
        "keep_url": visitor.address("claim_keep") if can_be_mailed(seen) else "",
        "reached_by": seen.email or seen.phone,
        "email_meant": email_meant(seen.email) if step in ASK_FOR_EMAIL_AGAIN else "",
        "contact_url": step_url(visitor, Step.YOU),
        "is_only_called": bool(seen.phone) and not can_be_mailed(seen),
        "are_texts_sent": are_texts_sent(),
        "was_kept": "kept" in request.GET,
        "is_sent_back": "missing" in request.GET,
        "has_no_photo": NO_PHOTO.removeprefix("?") in request.GET,
        "photos_url": step_url(visitor, Step.PHOTOS),
    }


def can_be_mailed(seen: SeenFiling) -> bool:
    """Whether a link can be sent to the owner, by mail or by text message."""
    return bool(seen.email or (seen.phone and are_texts_sent()))
