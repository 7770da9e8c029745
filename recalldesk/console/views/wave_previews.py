"""How a wave's words look to whoever gets them, each in a frame or as a file; and the rows behind
each count of what it would send.

Guarantees: nothing in a frame runs, loads anything, or leads anywhere; nobody is named in full.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_shown import found_shown, purchases_shown
from recalldesk.console.version_shown import language_name
from recalldesk.console.wave_counted_shown import REACHED, rows_address
from recalldesk.console.wave_words import WAYS
from recalldesk.console.waves_asked import wave_or_404
from recalldesk.foundation.page_policy import A_FILE, A_MAIL_FRAMED
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.audience.counted_rows import CountedPage, rows_by_fate, rows_by_notice
from recalldesk.outreach.audience.counting import NotReached
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.sampling import sample
from recalldesk.recalls.reads import document_of

LONGEST_NUMBER = 18
PDF = "pdf"


@require_safe
def wave_mail(request: DeskRequest, slug: str, number: int, language: str) -> HttpResponse:
    """The mail in a language, alone."""
    wave = wave_or_404(slug, number)
    if wave.version is None:
        raise Http404
    try:
        said = sample(wave, document_of(wave.version), Way.EMAIL, language)
    except Problem as problem:
        raise Http404 from problem
    response = HttpResponse(said.html)
    response["Content-Security-Policy"] = A_MAIL_FRAMED
    return response


@require_safe
def wave_letter(
    request: DeskRequest, slug: str, number: int, language: str, form: str
) -> HttpResponse:
    """The letter in a language, to a made-up address, as it is printed."""
    # What sets pages takes its time to load: not every process needs it.
    from recalldesk.outreach.letters.sampling import sample_letter
    from recalldesk.outreach.letters.typesetting import letters_as_pdf, letters_as_pictures

    try:
        file = sample_letter(wave_or_404(slug, number), language)
        made = letters_as_pdf(file) if form == PDF else letters_as_pictures(file)[0]
    except Problem as problem:
        raise Http404 from problem
    response = HttpResponse(made, content_type="application/pdf" if form == PDF else "image/png")
    response["Content-Security-Policy"] = A_FILE
    return response


@require_safe
def wave_counted(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """A page of the rows behind a count."""
    wave = wave_or_404(slug, number)
    sent = request.GET.dict()
    place = sent.get("after", "")
    is_place = place.isascii() and place.isdecimal() and len(place) <= LONGEST_NUMBER
    named = _named(sent)
    if named is None:
        # Other rows than those of the number would be worse than none.
        return page(request, "waves/counted_rows.html", {"wave": wave}, status=404)
    title, query, why, text = named
    after = int(place) if is_place else 0
    try:
        found = _found(request, wave, why, text, after)
    except Problem as problem:
        return page(
            request,
            "waves/counted_rows.html",
            {"wave": wave, "title": title, "problem": problem},
            status=422,
        )
    values: dict[str, Any] = {
        "wave": wave,
        "title": title,
        "purchasers": [found_shown(each) for each in found.purchasers],
        "others": [(each, language_name(each.language)) for each in found.others],
        "purchases": purchases_shown(found.purchases),
        "first_url": rows_address(wave, **query) if after else "",
        "after_url": rows_address(wave, **query, after=str(found.after)) if found.after else "",
    }
    return page(request, "waves/counted_rows.html", values)


Text = tuple[Way, str]
Named = tuple[str, dict[str, str], NotReached | None, Text | None]


def _named(sent: dict[str, str]) -> Named | None:
    """What an address asks for: its title, its query, and which rows."""
    why = sent.get("why", "")
    if why == REACHED:
        return "Reached by at least one notice", {"why": why}, None, None
    if why in [each.value for each in NotReached]:
        reason = NotReached(why)
        return f"Not reached: {reason.words.lower()}", {"why": why}, reason, None
    way, language = sent.get("way", ""), sent.get("language", "")
    if way in Way.values and language.replace("-", "").isalnum() and len(language) <= 12:
        title = f"Would get a notice by {WAYS[Way(way)]}, {language_name(language)}"
        return title, {"way": way, "language": language}, None, (Way(way), language)
    return None


def _found(
    request: DeskRequest, wave: Wave, why: NotReached | None, text: Text | None, after: int
) -> CountedPage:
    if text is not None:
        return rows_by_notice(wave, *text, by=request.user, after=after)
    return rows_by_fate(wave, why, by=request.user, after=after)
