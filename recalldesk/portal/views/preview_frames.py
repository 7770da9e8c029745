"""How a version that is not published would stand on the pages of shops: its banner, its check.

Guarantees: as those of the other previews; both are shown whole and marked, and may not be framed.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from recalldesk.notices.previews import Opened, preview_of
from recalldesk.notices.writing import notice_of
from recalldesk.portal.asking import Asked
from recalldesk.portal.frame import Embedded, lines_of
from recalldesk.portal.subject import brands_of
from recalldesk.portal.views.answering import page
from recalldesk.portal.views.embedded import values_of
from recalldesk.portal.views.previews import by_link, frame_of_preview, subject_if_live


@by_link
def banner(request: HttpRequest, opened: Opened, token: str) -> HttpResponse:
    """The banner, its buttons leading nowhere."""
    return _shown(request, opened, token, "embed/banner.html")


@by_link
def check(request: HttpRequest, opened: Opened, token: str) -> HttpResponse:
    """The form of the check, which asks nothing."""
    return _shown(request, opened, token, "embed/check.html")


def _shown(request: HttpRequest, opened: Opened, token: str, template: str) -> HttpResponse:
    published = preview_of(opened.version)
    subject = subject_if_live(published)
    frame = replace(
        frame_of_preview(request, subject, token),
        embedded=Embedded("", ""),
        languages=(),
        lines=lines_of(brands_of(subject.live)),
    )
    values: dict[str, Any] = {
        "subject": subject,
        "notice": notice_of(published, get_language() or settings.LANGUAGE_CODE),
        "preview": opened,
        "preview_token": token,
        "asked": Asked(),
    }
    return page(request, template, values_of(subject) | values, frame=frame)
