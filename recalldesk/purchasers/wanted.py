"""What a recall looks for in order files, as its live version says it."""

from recalldesk.matching.matches.names import title_rules
from recalldesk.matching.orders import Identifier, ListedSerial, SaleWindow, Wanted
from recalldesk.purchasers.errors import OrdersRefused
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.recalls.states import VersionState
from recalldesk.units.live import wait_for_builds
from recalldesk.units.naming import answer_now, named_unit
from recalldesk.units.verdict.answer import Answer, Verdict, Why

WITHIN_REACH = (Why.LOOK_ALIKE, Why.SLIP)
IN_NO_LIST = ListedSerial()


def version_to_match(recall: Recall) -> RecallVersion:
    """The version that is live; before there is one, the newest. Raises OrdersRefused."""
    version = live_version(recall) or newest_version(recall)
    if version is None:
        raise OrdersRefused(
            f"{recall.slug} has no version yet.",
            "Write its recall first: what is looked for stands there.",
        )
    return version


def wanted_by(version: RecallVersion) -> Wanted:
    """The identifiers, what the products are called, and when and where each was sold. Raises
    OrdersRefused."""
    document = document_of(version)
    identifiers = tuple(
        Identifier(product.key, entry.kind, entry.value, entry.channel)
        for product in document.products
        for entry in product.identifiers
    )
    if not identifiers:
        raise OrdersRefused(
            f"{version.recall.slug} names no number by which a shop knows its products.",
            "Add [[products.identifiers]] to the recall: ASIN, SKU, UPC, item number or title.",
        )
    rules = tuple(
        rule
        for product in document.products
        for rule in title_rules(
            product.key, (*product.names, *product.also_searched_as, product.model)
        )
    )
    windows = tuple(
        SaleWindow(
            product.key, product.sold.since, product.sold.until, tuple(product.sold.countries)
        )
        for product in document.products
    )
    return Wanted((*identifiers, *rules), windows)


class SerialsOf:
    """In the lists of which product of a recall a serial stands, by the index that is live.
    `unasked`: serials of a recall that is not public yet: its file is matched anew once it is."""

    def __init__(self, version: RecallVersion) -> None:
        self._slug, self._document = version.recall.slug, document_of(version)
        self._is_live = version.state == VersionState.LIVE
        self.unasked = 0

    def __call__(self, serial: str) -> ListedSerial:
        """What the lists say of it. Raises OrdersRefused where nobody can say it now."""
        if not self._is_live:
            self.unasked += 1
            return IN_NO_LIST
        answer = _answer(serial)
        said = {each.verdict for each in answer.recalls if each.recall == self._slug}
        if Verdict.AFFECTED in said:
            return ListedSerial(_product_of(self._document, answer.read_as))
        if Verdict.LOOK_AGAIN in said and answer.why in WITHIN_REACH:
            return ListedSerial(_product_of(self._document, answer.read_as), is_slip=True)
        return IN_NO_LIST

    def remarks(self) -> tuple[str, ...]:
        """What was left open, in sentences."""
        if not self.unasked:
            return ()
        lines = "1 line names" if self.unasked == 1 else f"{self.unasked:,} lines name"
        return (
            f"{lines} a serial. The recall is not public yet, and has no list to look it up in; the"
            " file is matched anew by itself within minutes of its going live.",
        )


def _answer(serial: str) -> Answer:
    """What the index says. A serial that nobody can look up now is not to pass for one in no list.
    Raises OrdersRefused."""
    answer = answer_now(serial)
    if answer is None and wait_for_builds():
        answer = answer_now(serial)
    if answer is None:
        raise OrdersRefused(
            "The file names serials, and the recall's lists are not at hand to look them up.",
            "Try again in a few minutes; `recalldesk doctor` says what is missing.",
        )
    return answer


class UnitsOf:
    """Which unit a serial names, as claims and corrections know it."""

    def __init__(self, version: RecallVersion) -> None:
        self._document = document_of(version)

    def __call__(self, serial: str) -> str:
        """The serial as its product reads it; empty where nothing names a unit."""
        return named_unit(serial, document=self._document).identity


def _product_of(document: Document, read_as: str) -> str:
    """Of several products whose serials look like it, the first: it is affected all the same."""
    for product in document.products:
        form = product.serial.form
        if form.is_well_formed(form.fold(read_as)):
            return product.key
    return document.products[0].key
