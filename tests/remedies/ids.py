"""Ids of made-up remedies."""

import uuid


def made_up_id(number: int) -> uuid.UUID:
    """The remedy's id of the order of that number."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"made-up remedy {number}")
