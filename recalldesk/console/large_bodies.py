"""Larger bodies than others may send: files that staff attach, and forms of many fields.

Guarantees: such a body is read only by the views that say so, few at once, after the guard has let
the person in; the form's token is asked for all the same; files are sealed as they come, so that no
byte of them is on disk in the clear.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any
from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from recalldesk.console.answering import page
from recalldesk.evidence.uploading import SealedUploads
from recalldesk.foundation.body_length import body_length
from recalldesk.foundation.slots import Slots

View = Callable[..., HttpResponse]
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 20_000


@dataclass(frozen=True)
class Bodies:
    """One kind of them: what is sent, how large it may be, how many at once a process reads, and
    what is done before the token is looked for."""

    what: str
    most_bytes: int
    slots: Slots
    begin: Callable[[HttpRequest], None]


def _seal(request: HttpRequest) -> None:
    request.upload_handlers = [SealedUploads(request)]


def _read(request: HttpRequest) -> None:
    """Keeps the form with the request, where Django would refuse one of this length."""
    if request.content_type != FORM:
        return
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


FILES = Bodies("files", 60_000_000, Slots(2), _seal)
FORMS = Bodies("fields", 6_000_000, Slots(8), _read)
"""A million characters, each written with six."""


def _takes(bodies: Bodies, view: View) -> View:
    guarded = csrf_protect(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        length, megabytes = body_length(request.META), bodies.most_bytes // 1_000_000
        if length is None or length > bodies.most_bytes:
            return _refused(request, bodies, f"They have over {megabytes} MB together.", 413)
        if not bodies.slots.take():
            return _refused(request, bodies, "Colleagues are sending theirs at this moment.", 503)
        try:
            return _read_and_answered(request, bodies, partial(guarded, request, *args, **kwargs))
        except RequestDataTooBig:
            return _refused(request, bodies, "A field holds too much: choose a file for it.", 413)
        except UnreadablePostError:
            return _refused(request, bodies, "They did not arrive whole.", 400)
        finally:
            bodies.slots.give_back()

    answer.takes_photos = True  # type: ignore[attr-defined]  # its body is left to it
    return csrf_exempt(answer)


def _read_and_answered(
    request: HttpRequest, bodies: Bodies, view: Callable[[], HttpResponse]
) -> HttpResponse:
    try:
        bodies.begin(request)
    except ValueError:
        return _refused(request, bodies, "There are too many of them.", 400)
    return view()


def takes_files(view: View) -> View:
    """Marks a view whose form brings files; the token is looked for once the body may be read."""
    return _takes(FILES, view)


def takes_long_forms(view: View) -> View:
    """Marks a view whose form may be long; the token is looked for once the body is read."""
    return _takes(FORMS, view)


def _refused(request: HttpRequest, bodies: Bodies, why: str, status: int) -> HttpResponse:
    values = {"what": bodies.what, "why": why}
    return page(request, "body_refused.html", values, status=status)
