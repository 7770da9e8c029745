"""What is done in public is entered, and taken back where it was wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from recalldesk.accounts.models import Staff
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.publicity_forms import (
    EnteredForm,
    HomePageForm,
    LookForm,
    PostForm,
    ReadingForm,
)
from recalldesk.console.publicity_shown import BEGINNING
from recalldesk.console.seat_named import seen_recall_or_404
from recalldesk.console.views.publicity import shown
from recalldesk.foundation import clock
from recalldesk.publicity.auctions import enter_check, take_back_check
from recalldesk.publicity.entered import is_of
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.home_page import answer_home_page
from recalldesk.publicity.logs.run import take_back_hits
from recalldesk.publicity.reads import auction_checks_of, posts_of
from recalldesk.publicity.social import enter_post, read_post, take_back_post, take_back_reading
from recalldesk.publicity.states import Network, PostKind
from recalldesk.recalls.models import Recall

Enter = Callable[[Any], object]
TAKE_BACK: dict[str, tuple[str, Callable[..., object]]] = {
    "post": ("Post", take_back_post),
    "reading": ("Reading", take_back_reading),
    "look": ("Look", take_back_check),
    "log": ("Log", take_back_hits),
}


@require_POST
def home_page(request: DeskRequest, slug: str) -> HttpResponse:
    """Whether the home page leads to the recall."""
    recall, by = seen_recall_or_404(slug, by=request.user), request.user
    form = HomePageForm(request.POST, auto_id="home_%s")

    def enter(given: dict[str, Any]) -> None:
        answer_home_page(
            recall=recall,
            link=form.link,
            why_not=given["why_not"] if form.link is None else "",
            by=by,
            nonce=given["nonce"],
        )

    return _answered(request, recall, "home_page_form", form, enter, "The answer is kept.")


@require_POST
def post(request: DeskRequest, slug: str) -> HttpResponse:
    """A post on a social network."""
    recall, by = seen_recall_or_404(slug, by=request.user), request.user
    form = PostForm(request.POST, auto_id="post_%s")

    def enter(given: dict[str, Any]) -> None:
        enter_post(
            recall=recall,
            network=Network(given["network"]),
            at_address=given["address"],
            kind=PostKind(given["kind"]),
            posted_at=form.moment,
            by=by,
            nonce=given["nonce"],
        )

    return _answered(request, recall, "post_form", form, enter, "The post is kept.")


@require_POST
def reading(request: DeskRequest, slug: str) -> HttpResponse:
    """What a network shows of a post."""
    recall, by = seen_recall_or_404(slug, by=request.user), request.user
    posts = posts_of(recall, clock.now().date())
    form = ReadingForm(posts, request.POST, auto_id="reading_%s")

    def enter(given: dict[str, Any]) -> None:
        read_post(
            post_number=given["post"],
            shown=form.shown,
            read_on=given["read_on"],
            by=by,
            nonce=given["nonce"],
        )

    return _answered(request, recall, "reading_form", form, enter, "The figures are kept.")


@require_POST
def look(request: DeskRequest, slug: str) -> HttpResponse:
    """A look at an auction site."""
    recall, by = seen_recall_or_404(slug, by=request.user), request.user
    looks = auction_checks_of(recall, BEGINNING, clock.now().date())
    form = LookForm(looks, request.POST, auto_id="look_%s")

    def enter(given: dict[str, Any]) -> None:
        enter_check(
            recall=recall,
            site=given["site"],
            checked_on=given["checked_on"],
            search_words=given["search_words"],
            found=form.what_was_found,
            follows=given["follows"],
            are_gone=form.are_gone,
            by=by,
            nonce=given["nonce"],
        )

    return _answered(request, recall, "look_form", form, enter, "The look is kept.")


def _answered(
    request: DeskRequest, recall: Recall, name: str, form: EnteredForm, enter: Enter, said: str
) -> HttpResponse:
    if form.is_valid():
        try:
            enter(form.cleaned_data)
        except PublicityRefused as refused:
            form.show(refused)
        else:
            messages.success(request, said)
            return redirect("console:publicity", recall.slug)
    return shown(request, recall, {name: form})


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: DeskRequest, slug: str, what: str, number: int) -> HttpResponse:
    """Asks why, and takes it back."""
    recall = seen_recall_or_404(slug, by=request.user)
    if what not in TAKE_BACK or not is_of(recall, what, number):
        raise Http404
    name, problem = TAKE_BACK[what][0], ""
    if request.method == "POST":
        try:
            _take_back(what, number, by=request.user, note=request.POST.get("note", ""))
        except PublicityRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"{name} {number} is taken back: it counts no more.")
            return redirect("console:publicity", slug)
    values = {"recall": recall, "name": name, "number": number, "problem": problem}
    return page(request, "publicity/back.html", values, status=422 if problem else 200)


def _take_back(what: str, number: int, *, by: Staff, note: str) -> None:
    TAKE_BACK[what][1](number=number, by=by, note=note.replace("\0", ""))
