"""How far the photos of a draft are, for the script of a page that waits: it reloads nothing.

Guarantee: it says what the page itself would say, and nothing of another filing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from recalldesk.claims.completeness import Step
from recalldesk.portal.claiming.label_shown import label_shown
from recalldesk.portal.claiming.photo_words import PhotoSaid, photos_said
from recalldesk.portal.claiming.steps import step_page
from recalldesk.portal.claiming.visitor import Visitor


@step_page(Step.PHOTOS)
def photos_state(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """`label` changes when its page has something else to show; `photos` are all, in words."""
    label = label_shown(visitor)
    photos = [
        _said(photo)
        for unit in visitor.seen.units
        for photo in photos_said(visitor, unit, is_asked=True).all()
    ]
    return JsonResponse({"label": label.token if label else "", "photos": photos})


def _said(photo: PhotoSaid) -> dict[str, Any]:
    return {
        "id": photo.id,
        "says": photo.says,
        "does": photo.does,
        "url": photo.url,
        "mendUrl": photo.mend_url,
        "mendWords": photo.mend_words,
        "isFailed": photo.is_failed,
        "isWaiting": photo.is_waiting,
    }
