"""What somebody told us, said back to them."""

from django.utils.translation import gettext, ngettext

from recalldesk.outreach.models import Answer
from recalldesk.outreach.states import AnswerKind
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document


def told_words(answer: Answer, bought: int, document: Document, language: str) -> str:
    """That it was told, on which day, and of how many of the units bought."""
    locale = wording.locale_of(language, document.countries[0])
    of = {"day": wording.day(answer.at, locale), "count": wording.number(answer.units, locale)}
    kind = AnswerKind(answer.kind)
    if kind is AnswerKind.NOT_MINE and answer.notice.passed_on_by_id is not None:
        return gettext("You told us on %(day)s that you do not have it.") % of
    if kind is AnswerKind.NOT_MINE:
        return gettext("You told us on %(day)s that you did not buy it.") % of
    if kind is AnswerKind.NOTHING_MORE:
        return gettext("You told us on %(day)s that you want to hear nothing more.") % of
    if bought < 2:
        return _of_one(kind) % of
    return _of_several(kind, answer.units) % of


def _of_one(kind: AnswerKind) -> str:
    if kind is AnswerKind.SOLD:
        return gettext("You told us on %(day)s that you sold it or gave it away.")
    if kind is AnswerKind.THREW_AWAY:
        return gettext("You told us on %(day)s that you threw it away.")
    return gettext("You told us on %(day)s that you did already what the recall asks.")


def _of_several(kind: AnswerKind, units: int) -> str:
    if kind is AnswerKind.SOLD:
        return ngettext(
            "You told us on %(day)s that you sold or gave away one of them.",
            "You told us on %(day)s that you sold or gave away %(count)s of them.",
            units,
        )
    if kind is AnswerKind.THREW_AWAY:
        return ngettext(
            "You told us on %(day)s that you threw one of them away.",
            "You told us on %(day)s that you threw %(count)s of them away.",
            units,
        )
    return ngettext(
        "You told us on %(day)s that you did already what the recall asks, for one of them.",
        "You told us on %(day)s that you did already what the recall asks, for %(count)s of them.",
        units,
    )
