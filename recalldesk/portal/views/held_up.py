"""The pages for a client over its limit: the one that asks for a proof, and the refusal.

Guarantee: nothing that was typed is lost, and the way to a person is in sight.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from django.http import HttpRequest, HttpResponse

from recalldesk.checks.guard import admit
from recalldesk.checks.proofs import LONGEST_PROOF
from recalldesk.portal.frame import Frame
from recalldesk.portal.subject import Subject
from recalldesk.portal.views.answering import page

Fields = Sequence[tuple[str, str]]
PROOF = "proof"
"""The field that holds the ticket, or in its place the solution."""


def held_up(
    request: HttpRequest, fields: Fields, *, frame: Frame, subject: Subject | None = None
) -> HttpResponse | None:
    """None where the form may be answered; else the page that says what to do first.

    `fields` are what the form sent: they are sent again, to the same address, with the proof.
    """
    sent = request.POST.get(PROOF, "")
    admission = admit(request.META, sent)
    if admission.is_admitted:
        return None
    # A proof that was refused for now is good for later, and is sent again with the rest.
    proof = admission.ticket or sent[:LONGEST_PROOF]
    kept = (*fields, (PROOF, proof)) if proof else fields
    framed = replace(frame, asked=tuple(kept)) if frame.asked else frame
    values = {
        "subject": subject,
        "fields": kept,
        "admission": admission,
        "challenge": json.dumps(admission.challenge, separators=(",", ":")),
        "minutes": ceil(admission.retry_after / 60),
        "is_waiting": sent == admission.ticket != "",
    }
    template = "proof.html" if admission.challenge else "too_many.html"
    response = page(request, template, values, frame=framed, status=429)
    response["Retry-After"] = str(admission.retry_after)
    return response
