"""Forms of many fields, or of one long text: the file of a recall as it is written at the desk.

Guarantees: a larger body than others may send is read only by the views that say so, few at once,
after the guard has let the person in; the form's token is asked for all the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from recalldesk.console.answering import page
from recalldesk.foundation.body_length import body_length
from recalldesk.foundation.slots import Slots

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 6_000_000
"""A million characters, each written with six."""
MOST_FIELDS = 20_000
FORMS_AT_ONCE = 2
_slots = Slots(FORMS_AT_ONCE)


def takes_long_forms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose form may be long; the token is looked for once the body is read."""
    guarded = csrf_protect(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        length = body_length(request.META)
        if length is None or length > MOST_BYTES:
            return _refused(request, "This form has over 6 MB.", 413)
        if not _slots.take():
            return _refused(request, "Colleagues are saving at this moment.", 503)
        try:
            if request.content_type == FORM:
                _read(request)
        except (UnreadablePostError, ValueError):
            return _refused(request, "The form did not arrive whole.", 400)
        finally:
            _slots.give_back()
        return guarded(request, *args, **kwargs)

    answer.takes_photos = True  # type: ignore[attr-defined]  # its body is left to it
    return csrf_exempt(answer)


def _read(request: HttpRequest) -> None:
    """Keeps the form with the request, where Django would refuse one of this length."""
    body = request.read()
    request._body = body
    pairs = parse_qsl(
        body.decode("latin-1"),
        keep_blank_values=True,
        encoding="utf-8",
        errors="replace",
        max_num_fields=MOST_FIELDS,
    )
    form = QueryDict(mutable=True)
    for name, value in pairs:
        form.appendlist(name, value)
    form._mutable = False
    request._post = form  # type: ignore[attr-defined]  # what `request.POST` looks for
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # the same


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return page(request, "form_refused.html", {"why": why}, status=status)
