"""A pool of made-up gift codes, brought in by the real importer.

Guarantees: run again, it makes no second pool; the file with the codes in clear is gone afterwards.
"""

import secrets
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import CodePool
from recalldesk.remedies.providers.codes.importing.run import import_codes
from recalldesk.remedies.providers.codes.pools import open_pool

RECALL = "anker-a1263"
POOL, WORTH, CURRENCY = "made-up-cards", Decimal(30), "USD"
COUNT, LOW_STOCK = 500, 50
GOOD_FOR = timedelta(days=730)
BEGINS = "DEMO"
"""Every made-up code begins with it; no shop takes one."""
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12


def stock_gift_codes(*, folder: Path, by: Staff) -> int:
    """Opens the pool and fills it; how many codes came in, 0 where it was there before."""
    recall = Recall.objects.filter(slug=RECALL).first()
    if recall is None or CodePool.objects.filter(recall=recall, name=POOL).exists():
        return 0
    path = folder / "gift-codes.csv"
    path.touch(mode=0o600)
    try:
        path.write_text("\n".join(("code", *(_code() for _ in range(COUNT)), "")), encoding="ascii")
        pool = open_pool(
            recall=recall,
            name=POOL,
            value=WORTH,
            currency=CURRENCY,
            by=by,
            expires_on=(clock.now() + GOOD_FOR).date(),
            low_stock=LOW_STOCK,
        )
        return import_codes(pool=pool, path=path, by=by).tally.accepted
    finally:
        path.unlink()


def _code() -> str:
    return BEGINS + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
