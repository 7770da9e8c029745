"""Whether a later version of a recall covers more than an earlier one.

Guarantee: what is new in any way counts as more; who asks so is told once too often, never too
seldom.
"""

from datetime import date

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.product import Sold
from recalldesk.recalls.document.scope import ListSpec, Meaning, PatternSpec, RangeSpec
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.units.list_differences import lists_that_differ


def has_grown(before: RecallVersion, after: RecallVersion) -> bool:
    """Whether the later version covers something that the earlier one does not name: more serials
    of a list, a list, range or pattern that is new, or another time or place of sale."""
    if any(each.after > each.before for each in lists_that_differ(before, after)):
        return True
    old, new = document_of(before), document_of(after)
    return bool(_entries(new) - _entries(old)) or _is_sold_wider(old, new)


def _entries(document: Document) -> set[str]:
    scope = document.scope
    every: tuple[ListSpec | RangeSpec | PatternSpec, ...]
    every = (*scope.lists, *scope.ranges, *scope.patterns)
    return {repr(each) for each in every if each.meaning is Meaning.RECALLED}


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
