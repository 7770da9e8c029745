"""How counts of tries are named in the database: by a keyed digest, so that they tell of nobody."""

from typing import Any

from recalldesk.sealing import vault


def name_of(key: str, key_prefix: str, version: Any) -> str:
    """For Django's cache: the name under which a value is kept."""
    named = f"{key_prefix}:{version}:{key}"
    return vault.digest_for_lookup(named, purpose="accounts.tries").hex()
