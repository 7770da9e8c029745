"""A process that reads and matches an order file, or has DuckDB scan and filter it bare."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import Measured
from benchmarks.order_files_made import ASIN, EBAY_ITEM, NEWEGG_ITEM, SHOPS, SKUS

FILTERS = {
    "amazon": f"sku = '{SKUS['amazon']}' OR asin = '{ASIN}'",
    "ebay": f"\"Custom Label\" = '{SKUS['ebay']}' OR \"Item Number\" = '{EBAY_ITEM}'",
    "newegg": f"\"Item Seller Part #\" = '{SKUS['newegg']}' OR \"Item Newegg #\" = '{NEWEGG_ITEM}'",
    "shopify": f"\"Lineitem sku\" = '{SKUS['shopify']}'",
}
FORMS = {
    "amazon": "delim = '\t', quote = '', escape = ''",
    "ebay": "delim = ',', quote = '\"', escape = '\"', skip = 1, ignore_errors = true",
    "newegg": "delim = ',', quote = '\"', escape = '\"'",
    "shopify": "delim = ',', quote = '\"', escape = '\"'",
}


def _read(shop: str, path: Path) -> dict[str, object]:
    """All that an import does with a file, up to the matches."""
    from benchmarks.reach import wanted_of_example
    from recalldesk.matching.files.reading import read_orders
    from recalldesk.matching.matches.matching import match_orders
    from recalldesk.matching.matches.reasons import Strength
    from recalldesk.matching.orders import OrderLine

    wanted = wanted_of_example()
    with (
        TemporaryDirectory(prefix="bench-", dir=path.parent) as folder,
        read_orders(path, channel=shop, kind="orders", wanted=wanted) as reading,
    ):

        def lines() -> Iterator[OrderLine]:
            for batch in reading:
                yield from batch

        matches = match_orders(lines(), wanted, channel=shop, folder=Path(folder))
        matched = named = 0
        for each in matches:
            matched += each.strength is Strength.STRONG
            named += bool(each.line.buyer.name)
        counts = reading.counts
        return {
            "matched": matched,
            "named": named,
            "lines": counts.lines,
            "accounted": counts.accounted,
            "rejected": counts.rejected,
            "duplicate": counts.duplicate,
        }


def _bare(shop: str, path: Path) -> dict[str, object]:
    """The rows of the wanted numbers, by DuckDB alone: no line counted, nothing reconciled."""
    import duckdb

    engine = duckdb.connect()
    rows = engine.execute(
        f"SELECT * FROM read_csv('{path}', header = true, all_varchar = true, {FORMS[shop]})"
        f" WHERE {FILTERS[shop]}"
    ).fetchall()
    return {"matched": len(rows)}


if __name__ == "__main__":
    asked, of_shop, file = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if of_shop not in SHOPS:
        raise SystemExit(f"no such shop: {of_shop}")
    measured = Measured()
    found = {"read": _read, "bare": _bare}[asked](of_shop, file)
    measured.tell(processor=time.process_time(), **found)
