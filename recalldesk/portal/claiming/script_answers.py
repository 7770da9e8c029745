"""What the script of a page is told of a photo that it sent by itself.

Guarantee: the words are those of the page; `again` and `stays` only say whether sending the same
once more can help.
"""

from django.http import HttpResponse, JsonResponse

from recalldesk.claims.errors import FieldsRefused
from recalldesk.evidence.errors import Refusal
from recalldesk.evidence.models import Photo
from recalldesk.evidence.words import REFUSALS, Words
from recalldesk.portal.claiming.forms import PROBLEM_WORDS
from recalldesk.portal.claiming.photo_words import PhotosSaid
from recalldesk.portal.claiming.visitor import Visitor

_PASSES = (REFUSALS[Refusal.BUSY], REFUSALS[Refusal.NOT_STORED])
_STAYS = (REFUSALS[Refusal.EMPTY], REFUSALS[Refusal.TOO_LARGE])


def taken_answer(visitor: Visitor, photo: Photo) -> HttpResponse:
    """The photo was taken. Raises SealingError."""
    return JsonResponse({"id": photo.pk, "says": PhotosSaid(visitor, (photo,)).of(photo).says})


def refused_answer(words: Words) -> HttpResponse:
    """The photo was not taken; the others may be."""
    says, does = (str(each) for each in words)
    told = {"says": says, "does": does, "again": words in _PASSES, "stays": words in _STAYS}
    return JsonResponse(told, status=422)


def field_answer(problem: FieldsRefused) -> HttpResponse:
    """Nothing was kept: what was typed beside the photo is not right."""
    name, kind = next(iter(problem.fields.items()))
    return JsonResponse({"says": str(PROBLEM_WORDS[kind]), "field": name}, status=422)
