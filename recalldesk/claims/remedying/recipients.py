"""Who gets the remedy of a claim, as its filing says when it is ordered."""

import json

from recalldesk.claims.addresses import address_lines
from recalldesk.claims.models import Filing
from recalldesk.remedies.recipient import Recipient
from recalldesk.sealing.fields_of_rows import opened


def recipient_of(filing: Filing) -> Recipient:
    """The owner, with the address or payee that the filing has. Raises SealingError."""
    address = json.loads(opened(filing, "sealed_address") or "{}")
    return Recipient(
        name=opened(filing, "sealed_name"),
        email=opened(filing, "sealed_email"),
        phone=opened(filing, "sealed_phone"),
        language=filing.language,
        address=address,
        address_lines=address_lines(address) if address else (),
        payee=json.loads(opened(filing, "sealed_payee") or "{}"),
    )
