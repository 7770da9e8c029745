"""What Tremendous is asked for: one card, mailed by them to the owner."""

from typing import Any

from recalldesk.remedies.providers.interface import Wanted


def order_for(wanted: Wanted, funding: str) -> dict[str, Any]:
    """The body that asks for it. `funding`: their name of the source that pays."""
    recipient = wanted.recipient
    return {
        "external_id": str(wanted.id),
        "payment": {"funding_source_id": funding},
        "reward": {
            "campaign_id": wanted.options["campaign"],
            # Two places are exact enough in a float to come out again as they were.
            "value": {
                "denomination": float(wanted.amount or 0),
                "currency_code": wanted.currency,
            },
            "recipient": {"name": recipient.name or recipient.email, "email": recipient.email},
            "delivery": {"method": "EMAIL"},
            "language": recipient.language,
        },
    }
