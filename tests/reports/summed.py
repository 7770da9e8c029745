"""What the sums say at a moment, and what the rows add up to at the same."""

from collections import Counter

from django.db import connection

from recalldesk.recalls.models import Recall
from recalldesk.reports.sums.checking import EVERY
from recalldesk.reports.sums.contributions import SOURCES
from recalldesk.reports.sums.names import BETWEEN, Kind
from recalldesk.reports.sums.purchases import FACTS
from recalldesk.reports.sums.reads import sums_of

Sums = dict[tuple[str, str, str], int]


def read() -> Sums:
    """As a page reads them, folded or not."""
    ids = list(Recall.objects.values_list("pk", flat=True))
    found = sums_of(list(Kind), ids, by_day=True)
    return {(each.kind, str(each.day), BETWEEN.join(each.parts)): each.value for each in found}


def counted() -> Sums:
    """Counted from the rows, purchases looked at anew."""
    found = Counter[tuple[str, str, str]]()
    with connection.cursor() as cursor:
        for source in SOURCES:
            rows = source.table
            if source.name == "purchases":
                rows = f"({FACTS.format(purchases=EVERY)})"
            cursor.execute(source.select.format(rows=rows))
            for kind, _, day, key, value in cursor.fetchall():
                found[kind, str(day), key] += value
    return {key: value for key, value in found.items() if value}
