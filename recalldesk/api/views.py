"""The operations of the API, version 1. Thin: parse, call one read or action, shape the answer."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import Header

from recalldesk.api import batch, problems, stock
from recalldesk.api.interface import Interface
from recalldesk.api.schemas import (
    CheckRequest,
    CheckResponse,
    Problem,
    RecallDetail,
    RecallSummary,
    TooMany,
)
from recalldesk.api.shapes import recall_detail, recall_summary
from recalldesk.checks.asking import ask
from recalldesk.checks.guard import PROOF_HEADER, admit
from recalldesk.checks.json_form import OUTCOME, answer_text
from recalldesk.checks.others import others_beside
from recalldesk.checks.states import Source
from recalldesk.recalls.reads import known_recall, known_recalls
from recalldesk.units.errors import UnitsError

PROOF = "After `proof-needed`: the solution of the challenge (ALTCHA's payload), or the ticket."

api = Interface(
    title="Recalldesk",
    version="1",
    description="Is a unit in a recall? Nobody is ever told that a unit is safe.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
problems.register(api)
api.add_router("", batch.router)
api.add_router("", stock.router)


@api.post(
    "/checks",
    response={
        200: CheckResponse,
        400: Problem,
        411: Problem,
        413: Problem,
        422: Problem,
        429: TooMany,
        503: Problem,
    },
    summary="Check one serial",
    operation_id="check",
)
def check(
    request: HttpRequest,
    question: CheckRequest,
    proof: Annotated[str, Header(alias=PROOF_HEADER, description=PROOF)] = "",
) -> HttpResponse:
    """Ask every published recall about a serial."""
    admission = admit(request.META, proof)
    if not admission.is_admitted:
        return problems.held_up(admission)
    models = (question.model,) if question.model else ()
    outcome = request.META.get(OUTCOME) or ask(
        question.serial,
        source=Source.API,
        models=models,
        second_look=question.second_look or "",
    )
    if isinstance(outcome, UnitsError):
        raise outcome
    others = others_beside(outcome, models)
    text = answer_text(outcome, others, translation.get_language() or "en")
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@api.get(
    "/recalls",
    response={200: list[RecallSummary], 304: None, 400: Problem, 412: Problem, 503: Problem},
    summary="All published recalls",
    operation_id="recalls",
)
def recalls(request: HttpRequest, response: HttpResponse) -> Any:
    """Every recall ever published, the newest first; closed ones too."""
    response["Cache-Control"] = "public, max-age=60"
    language = translation.get_language() or "en"
    return [recall_summary(live, language, request) for live in known_recalls()]


@api.get(
    "/recalls/{slug}",
    response={
        200: RecallDetail,
        304: None,
        400: Problem,
        404: Problem,
        412: Problem,
        503: Problem,
    },
    summary="One published recall",
    operation_id="recall",
)
def recall(request: HttpRequest, slug: str, response: HttpResponse) -> Any:
    """What a published recall says, by its live version."""
    live = known_recall(slug)
    if live is None:
        raise Http404
    response["Cache-Control"] = "public, max-age=60"
    return recall_detail(live, translation.get_language() or "en", request)
