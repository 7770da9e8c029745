"""Whether a later version of a recall covers more than an earlier one.

Guarantee: what is new in any way counts as more, whatever else was taken out beside it; who asks so
is told once too often, never too seldom.
"""

from collections.abc import Iterator
from datetime import date

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.product import Sold
from recalldesk.recalls.document.scope import ListSpec, Meaning
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.units.errors import RangeNotCountable
from recalldesk.units.facts import alphabets_of
from recalldesk.units.index.grouping import Entry, entries
from recalldesk.units.models import SerialList
from recalldesk.units.ranges_form import Counting
from recalldesk.units.reads import covered_ranges, has_lost_rows, has_new_ranges, has_new_serials
from recalldesk.units.spans import Spans


def has_grown(before: RecallVersion, after: RecallVersion) -> bool:
    """Whether the later version covers something that the earlier one did not: other serials of a
    list, a list, range or pattern that is new, an exclusion that is gone or takes out less, or
    another time or place of sale."""
    old, new = document_of(before), document_of(after)
    return (
        bool(_named(new, Meaning.RECALLED) - _named(old, Meaning.RECALLED))
        or bool(_named(old, Meaning.EXCLUDED) - _named(new, Meaning.EXCLUDED))
        or _is_sold_wider(old, new)
        or any(_has_more(before, after, each) for each in _lists(new, Meaning.RECALLED, before))
        or any(has_lost_rows(before, after, each) for each in _lists(new, Meaning.EXCLUDED, before))
    )


def _named(document: Document, meaning: Meaning) -> set[str]:
    """Each entry, but for how many units it is said to hold: its rows say that."""
    return {_said(each) for each in entries(document, meaning)}


def _said(entry: Entry) -> str:
    return repr(entry.model_copy(update={"units": None}) if isinstance(entry, ListSpec) else entry)


def _lists(document: Document, meaning: Meaning, version: RecallVersion) -> Iterator[SerialList]:
    names = [each.name for each in entries(document, meaning) if isinstance(each, ListSpec)]
    rows = SerialList.objects.filter(recall_id=version.recall_id, name__in=names)
    return rows.order_by("name").iterator()


def _has_more(before: RecallVersion, after: RecallVersion, serial_list: SerialList) -> bool:
    """Of a list. A range that is written anew counts only where it leaves those of before."""
    if has_new_serials(before, after, serial_list):
        return True
    if not has_new_ranges(before, after, serial_list):
        return False
    try:
        spans = _spans(after, serial_list)
        spans.take_out(_spans(before, serial_list), ())
    except RangeNotCountable:
        return True
    return not spans.is_empty


def _spans(version: RecallVersion, serial_list: SerialList) -> Spans:
    """Raises RangeNotCountable."""
    alphabet = alphabets_of(version).get(serial_list.name, "")
    counting = Counting.ALPHABET if alphabet else Counting.DIGITS
    spans = Spans()
    for start, end in covered_ranges(version, serial_list):
        spans.add(start, end, counting, alphabet)
    return spans


def _is_sold_wider(old: Document, new: Document) -> bool:
    """Whether a product is new, or was sold earlier, longer, or in another country, too."""
    for product in new.products:
        was = old.product_by_key.get(product.key)
        if was is None:
            return True
        before, after = was.sold, product.sold
        if set(after.countries) - set(before.countries):
            return True
        if _first(after) < _first(before) or _last(after) > _last(before):
            return True
    return False


def _first(sold: Sold) -> date:
    return sold.since or date.min


def _last(sold: Sold) -> date:
    """The last day; of what is sold still, none is later."""
    return sold.until or date.max
