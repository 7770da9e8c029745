"""Letters on paper: listed, printed one a page, marked as posted; and whom somebody has to call."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.posting import (
    calls_to_make,
    letters_to_print,
    note_called,
    note_printed,
    paper_letter,
)
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page

MOST_AT_ONCE = 25
LONGEST_NUMBER = 18


@require_safe
def letters(request: DeskRequest) -> HttpResponse:
    """The letters that wait."""
    values = {
        "letters": letters_to_print(by=request.user),
        "calls": calls_to_make(by=request.user),
        "most": MOST_AT_ONCE,
        "may_print": request.user.may(Permission.SEE_PERSONAL),
    }
    return page(request, "letters.html", values)


@require_POST
def print_letters(request: DeskRequest) -> HttpResponse:
    """The letters that were chosen, ready for paper; the log says who opened each address."""
    chosen = _numbers(request)[:MOST_AT_ONCE]
    if not chosen:
        messages.warning(request, "Choose the letters to print.")
        return redirect_to("console:letters")
    made = []
    for filing_id, upto in chosen:
        try:
            made.append((paper_letter(filing_id=filing_id, by=request.user), f"{filing_id}-{upto}"))
        except NotPossibleNow:
            messages.warning(request, "A claim was erased or is no more; it gets no letter.")
    return page(request, "letters_print.html", {"letters": made})


@require_POST
def posted(request: DeskRequest) -> HttpResponse:
    """Says that these letters went into the post, or these owners were called; twice is once."""
    is_call = request.POST.get("do") == "called"
    note = note_called if is_call else note_printed
    newer = 0
    chosen = _numbers(request)
    for filing_id, upto in chosen:
        try:
            note(filing_id=filing_id, upto=upto, by=request.user)
        except NotPossibleNow:
            newer += 1
    if done := len(chosen) - newer:
        messages.success(request, _done(done, is_call=is_call))
    if newer:
        again = "call them once more" if is_call else "print them anew"
        messages.warning(request, f"Of {newer} there is news since then: {again}.")
    return redirect_to("console:letters")


def _done(count: int, *, is_call: bool) -> str:
    what = "owner" if is_call else "letter"
    return f"{count} {what}{'' if count == 1 else 's'} marked as {'told' if is_call else 'posted'}."


def _numbers(request: DeskRequest) -> list[tuple[int, int]]:
    """Claim and news of each letter named; what is none is left out."""
    found = []
    for text in request.POST.getlist("letter"):
        filing_id, _, upto = text.partition("-")
        if all(
            each.isascii() and each.isdigit() and len(each) <= LONGEST_NUMBER
            for each in (filing_id, upto)
        ):
            found.append((int(filing_id), int(upto)))
    return list(dict.fromkeys(found))
