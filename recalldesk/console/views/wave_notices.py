"""The notices of a wave, and one of them; to whom, in full, for a reason.

Guarantees: nothing of a person stands in an address or, unmasked, on a page; in full only after
somebody said why, and the log has it. The owner's link is on no page: it opens the owner's own.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.notice_shown import notice_shown, rows_shown
from recalldesk.console.purchaser_shown import counted_words
from recalldesk.console.queue_choices import Choice
from recalldesk.console.wave_words import ANSWERS, HAVING, NOTICE_STATES, WAYS, WITHHELD
from recalldesk.console.waves_asked import notices_address, wave_or_404
from recalldesk.foundation import clock
from recalldesk.outreach.errors import NoSuchNotice
from recalldesk.outreach.looking import show_recipient
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.reads.notices import (
    MOST_COUNTED,
    NoticeFilters,
    notice_filters_in,
    notices_listed,
)
from recalldesk.outreach.reads.one_notice import notice_seen
from recalldesk.outreach.reads.words import words_of_notice
from recalldesk.outreach.states import ByHand
from recalldesk.purchasers.looking import NoReasonGiven

WHY_SHOWN = (
    "To write or call",
    "The recipient asked us to look",
    "An authority asks for proof",
    "To mend the contact with the shop",
)


@require_safe
def wave_notices(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """A page of the list."""
    wave = wave_or_404(slug, number)
    sent = request.GET.dict()
    filters, is_refused = notice_filters_in(sent)
    shown = notices_listed(wave, filters, by=request.user, after=sent.get("after", ""))
    values: dict[str, Any] = {
        "wave": wave,
        "rows": rows_shown(wave, shown.rows),
        "count": counted_words(shown.count, MOST_COUNTED),
        "choices": _choices(wave, filters),
        "is_narrowed": filters != NoticeFilters(),
        "is_refused": is_refused,
        "first_url": notices_address(wave, filters) if sent.get("after") else "",
        "after_url": notices_address(wave, filters, after=shown.after) if shown.after else "",
    }
    return page(request, "waves/notices.html", values)


@require_safe
def wave_notice(request: DeskRequest, slug: str, number: int, notice: int) -> HttpResponse:
    """One notice, its recipient masked."""
    return notice_page(request, wave_or_404(slug, number), notice)


@require_http_methods(["GET", "HEAD", "POST"])
def wave_notice_full(request: DeskRequest, slug: str, number: int, notice: int) -> HttpResponse:
    """The same with its recipient in full, by POST and for a reason; by GET as it is."""
    wave = wave_or_404(slug, number)
    if request.method != "POST":
        return notice_page(request, wave, notice)
    reason = request.POST.get("reason", "")
    try:
        found = show_recipient(wave=wave, number=notice, by=request.user, reason=reason)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except NoSuchNotice as missing:
        raise Http404 from missing
    except NoReasonGiven as problem:
        return notice_page(request, wave, notice, {"problem": problem}, status=422)
    return notice_page(request, wave, notice, {"full": found})


def notice_page(
    request: DeskRequest,
    wave: Wave,
    number: int,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of one, as whoever asks may see it."""
    try:
        seen = notice_seen(wave, number, by=request.user)
    except NoSuchNotice as missing:
        raise Http404 from missing
    words, why_not = words_of_notice(wave, number, by=request.user)
    values = notice_shown(wave, seen) | {
        "wave": wave,
        "said": words,
        "unsaid": why_not.message if why_not else "",
        "may_see": request.user.may(Permission.SEE_PERSONAL),
        "suggested": WHY_SHOWN,
        "may_tell": seen.is_to_tell and request.user.may(Permission.CALL_PURCHASERS),
        "by_hand": ByHand.choices,
        "today": clock.now().date().isoformat(),
    }
    return page(request, "waves/notice.html", values | (more or {}), status=status)


def _choices(wave: Wave, filters: NoticeFilters) -> list[Choice]:
    """What the list can be narrowed to."""
    rows = DirectNotice.objects.filter(wave=wave).order_by()
    found = [
        _choice("way", "Way", filters.way, "every way", WAYS),
        _choice("state", "State", filters.state, "every state", NOTICE_STATES),
        _choice("withheld", "Not sent, for", filters.withheld, "any reason", WITHHELD),
        _choice("answer", "Answer", filters.answer, "any or none", ANSWERS),
        _choice("having", "With", filters.having, "or without", HAVING),
    ]
    for name, label, chosen in (
        ("language", "Language", filters.language),
        ("country", "Country", filters.country),
    ):
        values = sorted({each for each in rows.values_list(name, flat=True).distinct() if each})
        if len(values) > 1 or chosen:
            found.append(_choice(name, label, chosen, "any", {each: each for each in values}))
    return found


def _choice(name: str, label: str, chosen: Any, without: str, options: Any) -> Choice:
    """One filter; what stands in the address and not among the options is an option too."""
    offered = {str(value): words for value, words in options.items()}
    if chosen:
        offered.setdefault(str(chosen), str(chosen))
    return Choice(name, label, str(chosen or ""), (("", without), *offered.items()))
