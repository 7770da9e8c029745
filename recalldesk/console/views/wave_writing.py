"""A wave is written: what it is for, its words, a test, and the question to a second person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from recalldesk.accounts.errors import NotPermitted
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.views.wave import wave_page
from recalldesk.console.wave_forms import TextForm, WaveForm
from recalldesk.console.wave_words import WAYS
from recalldesk.console.waves_asked import wave_address, wave_or_404
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.outreach.waves.actions import (
    ask_for_approval,
    change_wave,
    take_back,
    write_text,
)
from recalldesk.outreach.waves.contents import digest_of_contents
from recalldesk.outreach.waves.errors import WaveRefused
from recalldesk.outreach.waves.testing import send_test
from recalldesk.outreach.waves.texts import standard_words
from recalldesk.recalls.reads import document_of


def done(
    request: DeskRequest,
    wave: Wave,
    act: Callable[[], object],
    said: str,
    *,
    problem_of: str = "",
    at: str = "",
) -> HttpResponse:
    """Does it and goes back to the wave; or shows the page with why not and what was typed."""
    try:
        act()
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        fresh = wave_or_404(wave.recall.slug, wave.number)
        return wave_page(
            request, fresh, problem=problem, typed=request.POST.dict(), problem_of=problem_of
        )
    messages.success(request, said)
    address = wave_address("wave", wave)
    return HttpResponseRedirect(f"{address}#{at}" if at else address, status=303)


@require_POST
def wave_change(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Saves all of it but its words."""
    wave = wave_or_404(slug, number)
    if wave.version is None or wave.state != WaveState.DRAFT:
        return done(request, wave, lambda: _refuse_unless_draft(wave), "")
    form = WaveForm(document_of(wave.version), request.POST)
    if not form.is_valid():
        return wave_page(request, wave, form=form)
    try:
        _change(request, wave, form)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        fresh = wave_or_404(slug, number)
        return wave_page(request, fresh, problem=problem, form=form)
    messages.success(request, "Saved.")
    return HttpResponseRedirect(wave_address("wave", wave), status=303)


def _change(request: DeskRequest, wave: Wave, form: WaveForm) -> None:
    said = form.cleaned_data
    change_wave(
        wave,
        by=request.user,
        name=said["name"],
        kind=WaveKind(said["kind"]),
        audience=form.audience(),
        silent_days=said["silent_days"] or 0,
        ways=form.chosen_ways(),
        costs=form.costs(),
        currency=said["currency"].upper(),
        starts_at=form.starts(),
        per_minute=said["per_minute"],
        per_domain=said["per_domain"],
    )


def _refuse_unless_draft(wave: Wave) -> None:
    if wave.state != WaveState.DRAFT:
        raise WaveRefused(
            "This wave is not being written any more.", "Take it back first, if it is only asked."
        )


@require_POST
def wave_text(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Saves the words in one way and language, or begins them with the standard ones."""
    wave = wave_or_404(slug, number)
    posted = request.POST.copy()
    if posted.get("do") == "standard":
        _fill_in_standard(wave, posted)
    form = TextForm(posted)
    if not form.is_valid():
        problem = WaveRefused("The text is empty.", "Write it, or begin with the standard text.")
        return wave_page(request, wave, problem=problem, typed=request.POST.dict())
    said = form.cleaned_data
    way, language = Way(said["way"]), said["language"]
    if wave.version is None or language not in document_of(wave.version).languages:
        problem = WaveRefused(f"The recall does not speak {language!r}.", "Open the page again.")
        return wave_page(request, wave, problem=problem)

    def act() -> object:
        _refuse_unless_draft(wave)
        return write_text(
            wave,
            way=way,
            language=language,
            subject=said["subject"],
            body=said["body"],
            by=request.user,
        )

    words = f"The words are saved: {WAYS[way]}, {language}."
    return done(request, wave, act, words, at=f"{way.value}-{language}")


def _fill_in_standard(wave: Wave, posted: dict[str, str]) -> None:
    """The standard words take the place of those typed."""
    if posted.get("way") not in Way.values:
        return
    strength = Audience.from_stored(wave.audience).strength
    words = standard_words(
        WaveKind(wave.kind), Way(posted["way"]), posted.get("language", ""), strength
    )
    posted["subject"], posted["body"] = words.subject, words.body


@require_POST
def wave_test(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Sends the words to whoever writes them."""
    wave = wave_or_404(slug, number)
    named, to = request.POST.get("way", ""), request.POST.get("to", "").strip()

    def act() -> object:
        if named not in Way.values:
            raise WaveRefused("No way is chosen.", "Choose by what the test goes.")
        is_ours = request.POST.get("ours") == "yes"
        return send_test(wave, way=Way(named), to=to, by=request.user, is_ours=is_ours)

    return done(request, wave, act, "The test is sent.", at="test")


@require_POST
def wave_ask(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Asks a second person, or takes the question back."""
    wave = wave_or_404(slug, number)
    if request.POST.get("do") == "take_back":
        return done(
            request, wave, lambda: take_back(wave, by=request.user), "It can be changed again."
        )

    def act() -> object:
        if request.POST.get("seen") != digest_of_contents(wave):
            raise WaveRefused(
                "The wave changed since you looked.", "Look at what stands there now."
            )
        return ask_for_approval(wave, by=request.user)

    return done(request, wave, act, "It waits for a second person now.")
