"""A list of many units, entered for somebody on the line: the same list that its owner could send.

Guarantees: no line is answered here: the link that is mailed to the caller tells, and nobody else;
a file stands in the clear only in a folder for a moment; what was typed stays on the page.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.unit_lists.entering import enter_list
from recalldesk.claims.unit_lists.errors import ListProblem, ListRefused
from recalldesk.claims.unit_lists.reading import MOST_LINES, ListRead, one_a_line, read_list
from recalldesk.claims.unit_lists.sending import Sender
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.calls.form import DeskForm, choice
from recalldesk.console.calls.script import script_of
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.recall_named import looked_at_last, stay_on
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import LiveRecall, live_recalls

MOST_BYTES = 5_000_000
NONCE = 24
PROBLEMS: Mapping[ListProblem, str] = {
    ListProblem.EMPTY: "Paste the serial numbers, or choose a file that holds some.",
    ListProblem.TOO_MANY: f"These are more than {MOST_LINES:,} lines: enter them in parts.",
    ListProblem.TOO_LARGE: "The file has over 5 MB: paste the column of the serial numbers.",
    ListProblem.TOO_LONG: "That is too much to paste: choose the file instead.",
    ListProblem.NOT_READABLE: "The file cannot be read: CSV, XLSX with one sheet, or plain text.",
    ListProblem.NO_HEADING: "Which column holds the serials? Write “serial” above it.",
    ListProblem.TWO_HEADINGS: "Two columns are headed as serials: leave that name to one of them.",
    ListProblem.NO_LINE_NUMBERS: "The file has no column “Line”.",
}


class ListForm(DeskForm):
    """Whose list it is, and how to reach them."""

    organisation = forms.CharField(label="Organization", max_length=200, required=False)
    name = forms.CharField(label="Name of the caller", max_length=200, required=False)
    email = forms.CharField(
        label="E-mail", required=False, help_text="The link to the answers goes there."
    )
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    language = choice("Language", settings.LANGUAGES)

    def __init__(self, document: Document, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if len(document.countries) > 1:
            self.fields["country"] = choice(
                "Country", [(each, each) for each in document.countries]
            )
        if len(document.products) > 1:
            products = [(each.key, each.model) for each in document.products]
            self.fields["product"] = choice("Product", products, none="several, or not sure")


@takes_files
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def phone_list(request: DeskRequest) -> HttpResponse:
    """The form; by POST the list is entered, and its link mailed."""
    sent = request.POST if request.method == "POST" else request.GET
    live = _live(request, sent.get("recall", ""))
    if live is None:
        return HttpResponseRedirect(reverse("console:phone"), status=303)
    stay_on(request, live.slug)
    if request.method != "POST":
        return _page(request, live, ListForm(live.document))
    return _entered(request, live, ListForm(live.document, data=request.POST))


def _live(request: DeskRequest, named: str) -> LiveRecall | None:
    recalls = live_recalls()
    asked = named or looked_at_last(request)
    found = next((each for each in recalls if each.slug == asked), None)
    return recalls[0] if found is None and not named and len(recalls) == 1 else found


def _entered(request: DeskRequest, live: LiveRecall, form: ListForm) -> HttpResponse:
    if not request.POST.get("asked"):
        return _page(request, live, form, "Ask about danger first, and say that you did.")
    try:
        read = _list_in(request, live.document)
    except ListRefused as refused:
        return _page(request, live, form, PROBLEMS[refused.kind])
    products, country = live.document.products, form.text("country")
    product = form.text("product") or (products[0].key if len(products) == 1 else "")
    key = product if product in live.document.product_by_key else products[0].key
    try:
        contact = enter_list(
            live=live,
            brand=live.document.brand_of(key).key,
            language=form.text("language") or live.document.languages[0],
            sender=Sender(
                name=form.text("name"),
                email=form.text("email"),
                phone=form.text("phone"),
                organisation=form.text("organisation"),
                country=country or live.document.countries[0],
            ),
            read=read,
            product=product if product in live.document.product_by_key else "",
            by=request.user,
            nonce=request.POST.get("nonce", "")[:64],
        )
    except FieldsRefused as refused:
        form.show(refused)
        return _page(request, live, form, "Nothing was entered: look at what is marked.")
    count = read.count
    messages.success(
        request,
        f"The list is entered: {count.accepted:,} lines, {count.rejected:,} that could not be read,"
        f" {count.duplicate:,} twice. The link to its answers is on its way to the caller.",
    )
    return HttpResponseRedirect(reverse("console:contact", args=[contact.pk]), status=303)


def _list_in(request: DeskRequest, document: Document) -> ListRead:
    """What was chosen, or pasted. Raises ListRefused."""
    upload, typed = request.FILES.get("file"), str(request.POST.get("serials", ""))
    if upload is not None and upload.size:
        if upload.size > MOST_BYTES:
            raise ListRefused(ListProblem.TOO_LARGE)
        try:
            return _read(upload.chunks(), document)
        except PhotoRefused as refused:
            raise ListRefused(ListProblem.TOO_LARGE) from refused
    if not typed.strip():
        raise ListRefused(ListProblem.EMPTY)
    return _read([one_a_line(typed, document).encode("utf-8", "replace")], document)


def _read(chunks: Iterable[bytes], document: Document) -> ListRead:
    with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
        path = Path(folder) / "list"
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
        return read_list(path, document)


def _page(
    request: DeskRequest, live: LiveRecall, form: ListForm, problem: str = ""
) -> HttpResponse:
    language = form.text("language") or live.document.languages[0]
    values = {
        "form": form,
        "live": live,
        "problem": problem,
        "serials": request.POST.get("serials", ""),
        "is_asked": bool(request.POST.get("asked")),
        "nonce": request.POST.get("nonce", "")[:64] or get_random_string(NONCE),
        "most": f"{MOST_LINES:,}",
        "script": script_of(live.document, language=language, country=form.text("country")),
    }
    return page(request, "phone_list.html", values, status=422 if problem else 200)
