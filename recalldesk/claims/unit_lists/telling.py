"""The owner of a list is written to once of what happens to many of its units alike.

Guarantee: the same news of the same list is one letter within the hour; other news is never kept
back by it, and the page of the claim says all of it at once.
"""

import hashlib
from datetime import datetime, timedelta

from recalldesk.claims.models import Filing, UnitList
from recalldesk.foundation import clock

AN_HOUR = timedelta(hours=1)


def is_told_lately(filing: Filing, *what: str) -> bool:
    """Whether the owner of this list was written to of just this within the hour; it is noted now.
    Of a filing that is no list, never. The filing is locked."""
    row = UnitList.objects.filter(filing=filing).first() if filing.is_list else None
    if row is None:
        return False
    now = clock.now()
    named = hashlib.sha256("\n".join(what).encode()).hexdigest()[:16]
    lately = {
        each: at for each, at in row.written.items() if datetime.fromisoformat(at) > now - AN_HOUR
    }
    if named in lately:
        return True
    row.written = lately | {named: now.isoformat()}
    row.save(update_fields=["written"])
    return False
