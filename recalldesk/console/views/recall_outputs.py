"""What comes of a version, in one language: its texts on a page, and its papers as PDF."""

import json
from functools import partial
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import version_or_404
from recalldesk.console.version_shown import language_name
from recalldesk.notices.addresses import page_address, picture_address
from recalldesk.notices.atom import atom_entry
from recalldesk.notices.cpsc.writing import is_listed, record_of
from recalldesk.notices.lines import lines_of
from recalldesk.notices.linked_data import linked_data
from recalldesk.notices.papers.branded import brand_keyed
from recalldesk.notices.papers.keeping import printed
from recalldesk.notices.papers.kinds import Kind, Paper
from recalldesk.notices.previews import told_or_preview
from recalldesk.notices.published import Published, versions_published
from recalldesk.notices.social import social_texts
from recalldesk.notices.writing import notice_of


@require_safe
def texts(request: DeskRequest, slug: str, number: int, language: str) -> HttpResponse:
    """Plain lines, texts for networks, and what programs read."""
    version = version_or_404(slug, number)
    told = _spoken(told_or_preview(version), language)
    notice = notice_of(told, language)
    address = page_address(told, language)
    earlier = [each for each in versions_published(slug) if each.number < number]
    data = linked_data(notice, address=address, picture_at=partial(picture_address, told))
    values = {
        "version": version,
        "language": language,
        "language_name": language_name(language),
        "is_preview": told.is_preview,
        "lines": lines_of(notice),
        "social": social_texts(notice, link=address),
        "for_programs": [
            ("Atom, this version's entry", atom_entry(told, earlier, language=language)),
            ("JSON-LD of the page", _json(data)),
        ],
        "cpsc": _json(record_of(told, url=page_address(told, "en")).model_dump())
        if is_listed(told)
        else "",
    }
    return page(request, "recall_texts.html", values)


@require_safe
def paper(
    request: DeskRequest,
    slug: str,
    number: int,
    language: str,
    kind: str,
    size: str,
    brand: str = "",
) -> HttpResponse:
    """A poster, the press release or the letter to shops, of all brands or of one; of a draft it
    says so."""
    told = _spoken(told_or_preview(version_or_404(slug, number)), language)
    of_brand = brand_keyed(told, brand) if brand else None
    if kind not in list(Kind) or size not in list(Paper) or (brand and of_brand is None):
        raise Http404
    made = printed(Kind(kind), Paper(size), told, language, brand=of_brand)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    name = f"draft-{made.name}" if told.is_preview else made.name
    response["Content-Disposition"] = f'inline; filename="{quote(name)}"'
    return response


def _spoken(told: Published, language: str) -> Published:
    """The version, where it speaks the language."""
    if language not in told.document.languages:
        raise Http404
    return told


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
