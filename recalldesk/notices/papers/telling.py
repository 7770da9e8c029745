"""Everything that the template of a paper is given.

Guarantee: the same version, language, paper and month give the same.
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext, override

from recalldesk.foundation.showable import showable
from recalldesk.notices.notice import Notice
from recalldesk.notices.papers.branded import as_of_brand
from recalldesk.notices.papers.kinds import Kind, Paper
from recalldesk.notices.papers.parts import Part, cell, heading_of
from recalldesk.notices.papers.poster import poster
from recalldesk.notices.papers.press_release import press_release
from recalldesk.notices.papers.trade_letter import trade_letter
from recalldesk.notices.published import Published
from recalldesk.recalls.document.firm import Brand

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_OWN: Mapping[Kind, Callable[[Published, Notice, date, Brand | None], Part]] = {
    Kind.POSTER: poster,
    Kind.PRESS_RELEASE: press_release,
    Kind.TRADE_LETTER: trade_letter,
}
_TYPST_NAMES = {Paper.LETTER: "us-letter", Paper.TABLOID: "us-tabloid"}


def told_of(
    kind: Kind,
    paper: Paper,
    published: Published,
    notice: Notice,
    today: date,
    brand: Brand | None = None,
) -> Part:
    """The texts, facts and pictures of a paper. `today` moves the day until which it is posted;
    of several brands only `brand` speaks."""
    published, notice = as_of_brand(kind, published, notice, brand)
    language = notice.language.partition("-")[0]
    with override(notice.language):
        heading = heading_of(notice)
        title = f"{heading}: {notice.headline}"
        draft = gettext("Draft, not published") if published.is_preview else ""
        return {
            "paper": _TYPST_NAMES.get(paper, str(paper)),
            "language": language,
            "right_to_left": language in RIGHT_TO_LEFT,
            "made_at": int(published.published_at.timestamp()),
            "title": showable(f"{draft}: {title}" if draft else title),
            **({"draft": cell(draft)} if draft else {}),
            "heading": cell(heading),
            "headline": cell(notice.headline),
            "no_fee": cell(notice.no_fee),
            "edition": cell(_edition(notice)),
            **_OWN[kind](published, notice, today, brand),
        }


def _edition(notice: Notice) -> str:
    version = gettext("version %(version)s") % {"version": notice.version}
    made_up = gettext("partly made up, for a demonstration") if notice.is_made_up else ""
    return ", ".join(each for each in (notice.recall, version, made_up) if each)
