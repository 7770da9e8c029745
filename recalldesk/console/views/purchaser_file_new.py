"""An order file, looked at and taken in.

Guarantees: a look keeps nothing; of a customer only what is masked is shown; the file stands in the
clear only in a folder for a moment.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.purchaser_hints import refused_words
from recalldesk.console.purchaser_look import look_shown
from recalldesk.console.purchaser_words import CHANNELS, KINDS, WHAT_TO_ASK
from recalldesk.console.purchasers_asked import address, recall_asked
from recalldesk.console.views.recall_serials import plain_name
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.page_policy import PAGE_THAT_SENDS
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.foundation.problem import Problem
from recalldesk.matching.files.mapping import read_mapping
from recalldesk.purchasers.errors import TooManyBack
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.models import Recall

if TYPE_CHECKING:
    from recalldesk.matching.files.looking import Look
    from recalldesk.purchasers.importing.run import OrdersTaken

MOST = f"{MOST_BYTES // 1_000_000} MB"


class OrderFileForm(forms.Form):
    """Of which recall a file is, and how it is read."""

    recall = forms.ChoiceField(label="Recall")
    channel = forms.ChoiceField(
        label="Shop",
        choices=[
            (each.value, words[:1].upper() + words[1:] if " " in words else words)
            for each, words in CHANNELS.items()
        ],
    )
    kind = forms.ChoiceField(
        label="What its lines are",
        choices=[(each.value, words.capitalize()) for each, words in KINDS.items()],
    )

    def __init__(self, slugs: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recall"] = forms.ChoiceField(
            label="Recall", choices=[(slug, slug) for slug in slugs]
        )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def order_file_new(request: DeskRequest) -> HttpResponse:
    """The form; by POST a file is looked at or taken in."""
    asked = recall_asked(request, request.GET.dict())
    slug = asked.recall.slug if asked.recall else ""
    if request.method != "POST":
        initial = {
            "recall": slug,
            "channel": request.GET.get("channel", ""),
            "kind": request.GET.get("kind", ""),
        }
        return _page(request, OrderFileForm(asked.recalls, initial=initial))
    form = OrderFileForm(asked.recalls, request.POST)
    only_look = request.POST.get("do") != "take"
    problem, asks_meant = _unready(request, form), False
    if not problem:
        try:
            taken, first = _taken(request, form.cleaned_data, only_look=only_look)
        except PhotoRefused:
            problem = f"The file has over {MOST}: bring it in by the command below."
        except Problem as refused:
            problem = refused_words(refused)
            asks_meant = isinstance(refused, TooManyBack)
        else:
            return _answered(request, form, taken, first)
    return _page(request, form, {"problem": problem, "asks_meant": asks_meant}, status=422)


def _unready(request: HttpRequest, form: OrderFileForm) -> str:
    """What is missing before a file is read at all; empty where nothing is."""
    if not isinstance(request.FILES.get("file"), SealedUpload):
        return "Choose the file first."
    if not form.is_valid():
        return "Choose the recall, the shop and what the lines are."
    is_mapped = request.FILES.get("mapping") is not None
    is_generic = form.cleaned_data["channel"] == Channel.GENERIC
    if is_generic and not is_mapped:
        return "A file of another shop needs a mapping file: choose it, too."
    if is_mapped and not is_generic:
        shop = CHANNELS[Channel(form.cleaned_data["channel"])]
        return f"A file of {shop} needs no mapping file: leave it out, or choose another shop."
    return ""


def _taken(
    request: DeskRequest, chosen: dict[str, Any], *, only_look: bool
) -> "tuple[OrdersTaken, Look | None]":
    """What became of a file, and in a look its first rows. Readers go through it more than once,
    so that it stands on disk for as long as that takes."""
    # What reads and matches files takes its time to load: not every process needs it.
    from recalldesk.matching.files.looking import look
    from recalldesk.purchasers.importing.run import import_orders

    with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
        path = _written(request.FILES["file"], folder / "orders")
        sent = request.FILES.get("mapping")
        mapping = _written(sent, folder / "mapping") if sent else None
        taken = import_orders(
            recall=Recall.objects.get(slug=chosen["recall"]),
            path=path,
            channel=Channel(chosen["channel"]),
            kind=FileKind(chosen["kind"]),
            mapping=mapping,
            by=request.user,
            only_look=only_look,
            is_meant=request.POST.get("meant") == "yes",
        )
        if not only_look:
            return taken, None
        return taken, look(
            path,
            channel=chosen["channel"],
            kind=chosen["kind"],
            mapping=read_mapping(mapping) if mapping else None,
        )


def _written(sent: Any, folder: Path) -> Path:
    """The file as it came, in a folder of its own; the end of its name says what it is."""
    folder.mkdir(mode=0o700)
    path = folder / plain_name(sent.name or "")
    with path.open("xb") as file:
        for piece in sent.chunks():
            file.write(piece)
    return path


def _answered(
    request: DeskRequest, form: OrderFileForm, taken: "OrdersTaken", first: "Look | None"
) -> HttpResponse:
    if first is not None or taken.number is None:
        return _page(request, form, {"looked": look_shown(taken, first)})
    if taken.is_known:
        messages.info(request, "The same file was taken in before, and nothing changed.")
    else:
        messages.success(request, f"Taken in as file {taken.number}.")
    return HttpResponseRedirect(address("order_file", taken.number), status=303)


def _page(
    request: DeskRequest,
    form: OrderFileForm,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    values = {
        "form": form,
        "most": MOST,
        "slug": form["recall"].value(),
        "what_to_ask": WHAT_TO_ASK,
        **(more or {}),
    }
    response = page(request, "purchasers/file_new.html", values, status=status)
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response
