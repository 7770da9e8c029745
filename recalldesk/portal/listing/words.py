"""What is said of a list, and of a line.

Guarantee: there are words for every way in which a list or a line is refused (a test compares
them), and none says that a product is harmless.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from recalldesk.checks.words import asks_for_person, reason
from recalldesk.claims.unit_lists.errors import ListProblem
from recalldesk.claims.unit_lists.lines import Line, LineState
from recalldesk.claims.unit_lists.reading import MOST_LINES
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.reads import known_recall
from recalldesk.recalls.wording import fill, in_language
from recalldesk.units.states import RejectReason
from recalldesk.units.verdict.answer import Answer, Verdict, Why

STATES: Mapping[LineState, Promise] = {
    LineState.WAITING: gettext_lazy("Not looked up yet"),
    LineState.IN_RECALL: gettext_lazy("In this recall: stop using it"),
    LineState.ELSEWHERE: gettext_lazy("In another recall: stop using it"),
    LineState.LOOK_AGAIN: gettext_lazy("Look again"),
    LineState.PERSON: gettext_lazy("A person decides"),
    LineState.UNREADABLE: gettext_lazy("Cannot be read: a person decides"),
    LineState.NOT_IN_RECALL: gettext_lazy("The serial you gave is not in this recall"),
    LineState.REJECTED: gettext_lazy("We could not read this line"),
    LineState.DUPLICATE: gettext_lazy("The same as another line"),
}
_SHEET = gettext_lazy(
    "The spreadsheet made a number or a date of it. Type the serial as it is printed."
)
_QUOTES = gettext_lazy("Its quotation marks do not close. Type the serial alone.")
_DAMAGED = gettext_lazy("It holds characters that cannot be read. Type the serial again.")
_COLUMNS = gettext_lazy("It has other columns than the heading. Type the serial alone.")
_SEVERAL = gettext_lazy(
    "It seems to hold more than one serial. Type one here, and send the others in another list."
)
REJECTS: Mapping[str, Promise] = {
    RejectReason.EMPTY_CELL: gettext_lazy("There is no serial in its column."),
    RejectReason.COLUMN_COUNT: _COLUMNS,
    RejectReason.STRAY_QUOTE: _QUOTES,
    RejectReason.LINES_IN_DOUBT: _QUOTES,
    RejectReason.NUL: _DAMAGED,
    RejectReason.NOT_DECODABLE: _DAMAGED,
    RejectReason.CELL_TOO_LONG: gettext_lazy("It is too long for a serial."),
    RejectReason.NUMBER_CELL: _SHEET,
    RejectReason.DATE_CELL: _SHEET,
    RejectReason.NO_TEXT_CELL: _SHEET,
    RejectReason.FORMULA_CELL: _SHEET,
    RejectReason.NOT_ONE_SERIAL: _SEVERAL,
}
"""The others are of serials and ranges, and no line of a list is refused for them."""
PROBLEMS: Mapping[ListProblem, Promise] = {
    ListProblem.EMPTY: gettext_lazy("Paste the serial numbers, or choose a file that holds some"),
    ListProblem.TOO_MANY: gettext_lazy("The list is too long: send it in parts, or call us"),
    ListProblem.TOO_LARGE: gettext_lazy("The file is too large: paste the serial numbers instead"),
    ListProblem.TOO_LONG: gettext_lazy(
        "That is too much to paste: choose the file, or paste the column of the serial "
        "numbers alone"
    ),
    ListProblem.NOT_READABLE: gettext_lazy(
        "We cannot read this file: save it as CSV or XLSX with one sheet, or paste the serial "
        "numbers"
    ),
    ListProblem.NO_HEADING: gettext_lazy(
        "We do not know which column holds the serial numbers: write “serial” above it, or paste "
        "that column alone"
    ),
    ListProblem.NO_LINE_NUMBERS: gettext_lazy(
        "This is not the file of answers: it has no column “Line”. Download it here, put it right, "
        "and send it back"
    ),
    ListProblem.TWO_HEADINGS: gettext_lazy(
        "Two columns are headed as serial numbers: leave that name to one of them"
    ),
}


def problem_words(kind: ListProblem) -> str:
    """Why a list is not taken, and what to do."""
    if kind is ListProblem.TOO_MANY:
        return gettext("These are more than %(most)s lines: send them in parts, or call us") % {
            "most": MOST_LINES
        }
    return str(PROBLEMS[kind])


def line_words(line: Line, products: tuple[Product, ...]) -> str:
    """Why a line is answered as it is, in a sentence or two; empty where its state says it all."""
    if line.state is LineState.REJECTED:
        return str(REJECTS.get(line.why, _COLUMNS))
    if line.state is LineState.DUPLICATE:
        return gettext("The same as line %(number)s.") % {"number": line.of}
    if line.state is LineState.ELSEWHERE:
        return recall_named(line.recall)
    if line.state in (LineState.LOOK_AGAIN, LineState.PERSON) and line.why:
        answer = _answer_of(line)
        if line.state is LineState.PERSON:
            return asks_for_person(answer)
        return " ".join((reason(answer, products), _where(line))).strip()
    return ""


def _where(line: Line) -> str:
    if not line.look_at:
        return ""
    places = ", ".join(str(place) for place in line.look_at)
    return gettext("Look at these characters, counted from the left: %(places)s.") % {
        "places": places
    }


def _answer_of(line: Line) -> Answer:
    """What was answered, as far as words need it."""
    verdict = Verdict.LOOK_AGAIN if line.state is LineState.LOOK_AGAIN else Verdict.ASK_A_PERSON
    return Answer(
        verdict, Why(line.why), (), line.read_as, line.look_at, dict(line.named), "", line.checked
    )


def recall_named(slug: str) -> str:
    """What another recall is called."""
    live = known_recall(slug)
    if live is None:
        return ""
    text, used = in_language(live.document.texts.headline, get_language() or "en")
    return fill(text, live.document, used)
