"""What is decided on the page of an incident: one form a verb.

Guarantee: what cannot be done is said on the page with what to do, and nothing typed is lost; a
decision on what was not seen is refused.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from recalldesk.accounts.errors import NotPermitted
from recalldesk.console.access import DeskRequest
from recalldesk.console.incident_forms import ReportForm
from recalldesk.console.incident_shown import address_of
from recalldesk.console.views.incidents import shown_incident
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.deciding import (
    decide_filed,
    decide_not_reportable,
    look_at_news,
    mend_report,
    reconsider,
)
from recalldesk.incidents.errors import NoSuchIncident, NotAsSeen, NotJoinable, NotReported
from recalldesk.incidents.joining import join_reports, keep_apart, part_reports
from recalldesk.incidents.mending import strike_damage, strike_injury
from recalldesk.incidents.models import Incident
from recalldesk.incidents.placing import say_recall

Verb = Callable[[DeskRequest, int], str]
"""Does it, and says what was done."""
LONGEST_NUMBER = 18
LONGEST_SLUG = 60


@require_POST
def decide(request: DeskRequest, number: int) -> HttpResponse:
    """Does what the form says."""
    does = request.POST.get("do", "")
    if does in REPORTS:
        return _file(request, number, *REPORTS[does])
    return _done(request, number, DECIDES)


@require_POST
def same(request: DeskRequest, number: int) -> HttpResponse:
    """Joins it to another report, parts it, or keeps the two apart."""
    return _done(request, number, JOINS)


@require_POST
def strike(request: DeskRequest, number: int) -> HttpResponse:
    """Strikes what turned out to be wrong."""
    return _done(request, number, STRIKES)


REPORTS: dict[str, tuple[Callable[..., Incident], str]] = {
    "filed": (decide_filed, "is kept as reported."),
    "mended": (mend_report, "has its report put right. What stood there is in the log."),
}


def _file(
    request: DeskRequest, number: int, keeps: Callable[..., Incident], words: str
) -> HttpResponse:
    form = ReportForm(request.POST, auto_id="report-%s", label_suffix="")
    problem: Problem | None = None
    status = 422
    if form.is_valid():
        try:
            keeps(
                number=number,
                reference=form.cleaned_data["reference"],
                reported_at=form.moment(),
                by=request.user,
                note=form.cleaned_data["note"],
                seen=request.POST.get("seen", ""),
            )
        except NotReported as refused:
            form.add_error(refused.field, str(refused))
        except NoSuchIncident as missing:
            raise Http404 from missing
        except Problem as refused:
            problem, status = refused, _status_of(refused)
        else:
            messages.success(request, f"Incident {number} {words}")
            return HttpResponseRedirect(address_of(number), status=303)
    return shown_incident(
        request, number, form=form, problem=problem, typed=_typed(request), status=status
    )


def _not_reportable(request: DeskRequest, number: int) -> str:
    decide_not_reportable(number=number, by=request.user, **_reason(request))
    return f"Incident {number} is kept as not reportable."


def _reconsider(request: DeskRequest, number: int) -> str:
    reconsider(number=number, by=request.user, **_reason(request))
    return f"Incident {number} is open again. Its clock counts from where it did."


def _looked(request: DeskRequest, number: int) -> str:
    look_at_news(number=number, by=request.user, **_reason(request))
    return "Kept: what was told after the report was looked at."


def _join(request: DeskRequest, number: int) -> str:
    counted = join_reports(
        number=number,
        same_as=_other(request),
        by=request.user,
        reason=request.POST.get("reason", "").strip(),
        seen=request.POST.get("seen", ""),
    )
    return f"Joined: incident {counted.pk} counts for both, and both are kept."


def _join_here(request: DeskRequest, number: int) -> str:
    """The other way round: the other report is joined to the one whose page it is."""
    other = _other(request)
    counted = join_reports(number=other, same_as=number, by=request.user)
    return f"Joined: incident {counted.pk} counts for both, and both are kept."


def _of_recall(request: DeskRequest, number: int) -> str:
    """It is known of which recall it is: there it counts from now on."""
    slug = request.POST.get("slug", "")[:LONGEST_SLUG]
    counted = say_recall(number=number, slug=slug, by=request.user)
    return f"Incident {counted.pk} counts for it in {slug}, and both are kept."


def _part(request: DeskRequest, number: int) -> str:
    part_reports(number=number, by=request.user, reason=request.POST.get("reason", ""))
    return f"Incident {number} counts by itself again."


def _apart(request: DeskRequest, number: int) -> str:
    other = _other(request)
    keep_apart(number=number, other=other, by=request.user)
    return f"Kept: incidents {number} and {other} are two events."


def _strike_injury(request: DeskRequest, number: int) -> str:
    strike_injury(number=number, injury_id=_part_id(request), by=request.user, **_only(request))
    return "Struck: it counts no more, and stays to be seen."


def _strike_damage(request: DeskRequest, number: int) -> str:
    strike_damage(number=number, damage_id=_part_id(request), by=request.user, **_only(request))
    return "Struck: it counts no more, and stays to be seen."


DECIDES: dict[str, Verb] = {
    "not_reportable": _not_reportable,
    "reconsider": _reconsider,
    "looked": _looked,
}
JOINS: dict[str, Verb] = {
    "join": _join,
    "here": _join_here,
    "part": _part,
    "apart": _apart,
    "recall": _of_recall,
}
STRIKES: dict[str, Verb] = {"injury": _strike_injury, "damage": _strike_damage}


def _done(request: DeskRequest, number: int, verbs: dict[str, Verb]) -> HttpResponse:
    verb = verbs.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    try:
        said = verb(request, number)
    except Problem as problem:
        status = _status_of(problem)
        return shown_incident(
            request, number, problem=problem, typed=_typed(request), status=status
        )
    messages.success(request, said)
    return HttpResponseRedirect(address_of(number), status=303)


def _status_of(problem: Problem) -> int:
    if isinstance(problem, NotPermitted):
        return 403
    return 409 if isinstance(problem, NotAsSeen) else 422


def _reason(request: DeskRequest) -> dict[str, str]:
    return {**_only(request), "seen": request.POST.get("seen", "")}


def _only(request: DeskRequest) -> dict[str, str]:
    return {"reason": request.POST.get("reason", "")}


def _other(request: DeskRequest) -> int:
    """The number of another report. Raises NotJoinable."""
    number = _number_in(request, "other")
    if not number:
        raise NotJoinable("This is no number of an incident.", "Write the number of the other one.")
    return number


def _part_id(request: DeskRequest) -> int:
    return _number_in(request, "part")


def _number_in(request: DeskRequest, name: str) -> int:
    text = request.POST.get(name, "").strip()
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0


def _typed(request: DeskRequest) -> dict[str, str]:
    """What was typed, to stand in the form again."""
    return {name: request.POST.get(name, "") for name in ("do", "reason", "other", "part")}
