"""The page on which somebody with many units sends a list of them.

Guarantees: danger comes first; nothing of the list is answered here, whoever sends it: a link is
mailed to the address given, and what it opens tells; no byte of a file stays on disk in the clear
but in a private folder, while it is read; what was typed stays on the page.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy

from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.unit_lists.errors import ListProblem, ListRefused
from recalldesk.claims.unit_lists.lines import LineState, of_state
from recalldesk.claims.unit_lists.reading import MOST_LINES, ListRead, one_a_line, read_list
from recalldesk.claims.unit_lists.retyping import as_typed
from recalldesk.claims.unit_lists.sending import Sender, send_list
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.page_policy import PAGE_THAT_IS_SOUGHT
from recalldesk.portal.claiming.contact import country_field
from recalldesk.portal.claiming.forms import ClaimForm, text_field
from recalldesk.portal.claiming.sent_photos import takes_photos
from recalldesk.portal.frame import frame_of
from recalldesk.portal.listing.passing import MOST_BYTES, passing_file
from recalldesk.portal.listing.too_long import fields_besides, held_body
from recalldesk.portal.listing.words import line_words, problem_words
from recalldesk.portal.subject import Subject, subject_or_404
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.checks import check_values
from recalldesk.portal.views.held_up import held_up

MOST_SHOWN = 50
"""Lines that could not be read, on the page that follows."""


class SenderForm(ClaimForm):
    """Who sends the list, and how to reach them."""

    organisation = text_field(
        gettext_lazy("Organization"),
        autocomplete="organization",
        hint=gettext_lazy("A school, a hotel, an airline. Leave it empty if there is none."),
    )
    name = text_field(gettext_lazy("Your name"), autocomplete="name")
    email = text_field(
        gettext_lazy("E-mail"),
        autocomplete="email",
        kind="email",
        hint=gettext_lazy("The link to your answers goes there, and to nobody else."),
        attributes={"inputmode": "email", "autocapitalize": "none", "dir": "ltr"},
    )
    phone = text_field(
        gettext_lazy("Phone, if you like"),
        autocomplete="tel",
        kind="tel",
        attributes={"dir": "ltr"},
    )


def _form(subject: Subject, sent: object = None) -> SenderForm:
    form = SenderForm(data=sent)
    countries = subject.document.countries
    if len(countries) > 1:
        form.fields = {**form.fields, "country": country_field(countries)}
    return form


def _values(subject: Subject, form: SenderForm) -> dict[str, Any]:
    return check_values(subject) | {
        "form": form,
        "most_lines": MOST_LINES,
        "most_megabytes": MOST_BYTES // 1_000_000,
        "document": subject.document,
        "chooses_product": len(subject.products) > 1,
    }


@public_page
def _asking(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """The empty page."""
    subject = subject_or_404(slug, brand)
    response = page(request, "listing/send.html", _values(subject, _form(subject)))
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = PAGE_THAT_IS_SOUGHT
    return response


@takes_photos
@form_answer(_asking)
def send(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """Takes a list, and has its link mailed."""
    subject = subject_or_404(slug, brand)
    body = held_body(request)
    try:
        form = _form(subject, request.POST)
    except RequestDataTooBig:  # of what is typed in fields less is taken than of a file
        kept = fields_besides(request, body, "serials")
        values = _values(subject, _form(subject, kept or None)) | {
            "amiss": problem_words(ListProblem.TOO_LONG),
            "product": kept.get("product", ""),
        }
        return page(request, "listing/send.html", values, status=413)
    values = _values(subject, form) | {
        "serials": request.POST.get("serials", ""),
        "product": _product_in(request, subject),
    }
    frame = frame_of(request, subject, subject.list_url)
    try:
        read = _list_in(request, subject)
    except ListRefused as refused:
        values["amiss"] = problem_words(refused.kind)
        return page(request, "listing/send.html", values, frame=frame, status=422)
    # A file is not sent twice: from here on its lines stand in the field.
    values["serials"] = values["serials"] or as_typed(read)
    fields = [*form.texts().items(), ("serials", values["serials"]), ("product", values["product"])]
    held = held_up(request, fields, frame=frame, subject=subject)
    if held is not None:
        return held
    sender = Sender(**form.texts())
    try:
        send_list(
            live=subject.live,
            brand=subject.brand.key,
            language=get_language() or "en",
            sender=sender,
            read=read,
            product=values["product"],
        )
    except FieldsRefused as refused:
        form.show(refused)
        return page(request, "listing/send.html", values, frame=frame, status=422)
    sent = values | {"count": read.count, "email": sender.email.strip()} | _rejected(read, subject)
    return page(request, "listing/sent.html", sent, frame=frame)


def _product_in(request: HttpRequest, subject: Subject) -> str:
    """The product's key, where all are of one."""
    if len(subject.products) == 1:
        return subject.products[0].key
    key = str(request.POST.get("product", ""))
    return key if key in {product.key for product in subject.products} else ""


def _list_in(request: HttpRequest, subject: Subject) -> ListRead:
    """What was pasted and what was chosen. Raises ListRefused."""
    upload = next(iter(request.FILES.getlist("file")), None)
    typed = str(request.POST.get("serials", ""))
    if upload is not None and upload.size:
        if upload.size > MOST_BYTES:
            raise ListRefused(ListProblem.TOO_LARGE)
        try:
            return _read(upload.chunks(), subject)
        except PhotoRefused as refused:
            raise ListRefused(ListProblem.TOO_LARGE) from refused
    if not typed.strip():
        raise ListRefused(ListProblem.EMPTY)
    return _read([one_a_line(typed, subject.document).encode("utf-8", "replace")], subject)


def _read(chunks: Iterable[bytes], subject: Subject) -> ListRead:
    with passing_file(chunks) as path:
        return read_list(path, subject.document)


def _rejected(read: ListRead, subject: Subject) -> dict[str, Any]:
    rejected = of_state(read.lines, LineState.REJECTED)
    return {
        "rejected": [(line, line_words(line, subject.products)) for line in rejected[:MOST_SHOWN]],
        "more_rejected": max(0, len(rejected) - MOST_SHOWN),
    }
