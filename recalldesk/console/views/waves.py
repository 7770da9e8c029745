"""The waves of a recall, and how a new one is begun."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchasers_asked import recall_asked
from recalldesk.console.wave_forms import NewWaveForm
from recalldesk.console.wave_listed import listed
from recalldesk.console.waves_asked import wave_address
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.reads.progress import answered_of_waves
from recalldesk.outreach.reads.waves import waves_of
from recalldesk.outreach.states import WaveKind
from recalldesk.outreach.waves.actions import draft_wave

PLACES = (
    ("Reach", "console:reach"),
    ("Answers", "console:wave_answers"),
    ("Contacts not written to", "console:not_written_to"),
    ("Shops that tell", "console:shop_tellings"),
)


@require_safe
def waves(request: DeskRequest) -> HttpResponse:
    """The list."""
    asked = recall_asked(request, request.GET.dict())
    values: dict[str, Any] = {
        "asked": asked,
        "may_write": request.user.may(Permission.WRITE_WAVES),
        "rows": [],
    }
    if asked.recall is not None:
        rows = waves_of(asked.recall, by=request.user)
        answered = answered_of_waves(asked.recall, by=request.user)
        values |= {
            "rows": [listed(row, answered.get(row.wave.pk, 0), request.user) for row in rows],
            "places": _places(asked.recall.slug),
        }
    return page(request, "waves/list.html", values)


def _places(slug: str) -> list[tuple[str, str]]:
    """Where one can go from the list."""
    return [(words, f"{reverse(name)}?recall={slug}") for words, name in PLACES]


@require_http_methods(["GET", "HEAD", "POST"])
def wave_new(request: DeskRequest) -> HttpResponse:
    """The form; by POST a wave is begun."""
    asked = recall_asked(request, request.GET.dict())
    values: dict[str, Any] = {"slug": asked.recall.slug if asked.recall else ""}
    if request.method != "POST":
        form = NewWaveForm(initial={"kind": WaveKind.FIRST.value})
        return page(request, "waves/new.html", values | {"form": form})
    form = NewWaveForm(request.POST)
    if asked.recall is None or asked.said:
        values["problem"] = Problem("No recall is named.", "Begin from the list of waves.")
    elif form.is_valid():
        try:
            wave = draft_wave(
                recall=asked.recall,
                name=form.cleaned_data["name"],
                kind=WaveKind(form.cleaned_data["kind"]),
                by=request.user,
            )
        except NotPermitted as denied:
            return page(request, "denied.html", {"problem": denied}, status=403)
        except Problem as problem:
            values["problem"] = problem
        else:
            return HttpResponseRedirect(wave_address("wave", wave), status=303)
    return page(request, "waves/new.html", values | {"form": form}, status=422)
