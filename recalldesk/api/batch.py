"""The partners' batch: many checks at once, each answered as a check of one serial is.

Guarantees: nobody without a good key is answered, nor has more read than a check of one serial;
a scan counts as a second look only for a key with that right, and is refused to every other.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.security.http import HttpAuthBase

from recalldesk.accounts.api_keys import KnownKey, recognise
from recalldesk.accounts.permissions import KeyRight
from recalldesk.api import problems
from recalldesk.api.schemas import BatchAnswers, BatchedCheck, CheckBatch, Problem
from recalldesk.checks.asking import ask
from recalldesk.checks.others import whole_answer
from recalldesk.checks.states import Source
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid

BATCH_ADDRESS = "/api/v1/checks/batch"
MOST_BYTES = 2 * 1024 * 1024
"""Of a batch: two kilobytes a check, and its token is the longest part."""
ERRORS = (400, 401, 403, 411, 413, 422, 503)

router = Router()


class ApiKey(HttpAuthBase):
    """The key of a partner, in the header `Authorization: Bearer`."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> KnownKey | None:
        """The key, or None where it is none of ours."""
        return key_of(request)


def key_of(request: HttpRequest) -> KnownKey | None:
    """The key that a request came with, or None. Raises what the database raises."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return recognise(text.strip()) if scheme.lower() == "bearer" else None


@router.post(
    "/checks/batch",
    auth=ApiKey(),
    response={200: BatchAnswers, **dict.fromkeys(ERRORS, Problem)},
    summary="Check up to 1,000 serials",
    operation_id="check_batch",
)
def check_batch(request: HttpRequest, batch: CheckBatch, response: HttpResponse) -> Any:
    """Ask every published recall about each; for partners with a key."""
    key: KnownKey = request.auth  # type: ignore[attr-defined]  # set by ninja from what ApiKey gave
    key.require(KeyRight.CHECK_BATCH)
    if any(check.symbology for check in batch.checks):
        key.require(KeyRight.SCANNER)
    response["Cache-Control"] = "no-store"
    return {"answers": [_answer(request, check) for check in batch.checks]}


def _answer(request: HttpRequest, check: BatchedCheck) -> dict[str, Any]:
    """The answer to one check, or the problem that stands in its place."""
    models = (check.model,) if check.model else ()
    try:
        answer = ask(
            check.serial,
            source=Source.SCANNER if check.symbology else Source.BATCH,
            models=models,
            second_look=check.second_look or "",
            scanned_as=check.symbology or "",
        )
    except (AnswerUnavailable, SecondLookInvalid) as error:
        return problems.in_place(request, error)
    return whole_answer(answer, models)
