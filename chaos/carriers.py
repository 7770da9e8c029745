"""What becomes of cards and parcels at the made-up services, which tell of it by their webhooks.

Guarantee: what happens follows from their own ledgers alone.
"""

from collections.abc import Iterator

import requests

from chaos.installation import Installation
from chaos.plan import Target
from recalldesk.demo.providers.ledger import lines_of

AT_ONCE = 40
Told = tuple[Target, str, dict[str, str]]


def move_on(installation: Installation) -> int:
    """Delivers what was ordered, some at a time; how many."""
    moved = 0
    for target, order, body in [*_cards(installation), *_parcels(installation)]:
        address = f"{installation.address(target)}/made-up/{order}"
        moved += requests.post(address, json=body, timeout=5).ok
    return moved


def _cards(installation: Installation) -> Iterator[Told]:
    """Those whose mail is under way, the first time or again."""
    emails, names = dict[str, str](), dict[str, str]()
    for line in lines_of(installation.ledger(Target.TREMENDOUS)):
        match line["effect"]:
            case "order":
                names[line["order"]] = line["external_id"]
                emails[line["order"]] = line["whole"]["rewards"][0]["recipient"]["email"]
            case "resend":
                emails[line["order"]] = line["email"]
            case "delivery" | "cancel":
                emails.pop(line["order"], None)
    for name, email in list(emails.items())[:AT_ONCE]:
        what = "bounce" if email.startswith("bounces") else "deliver"
        yield Target.TREMENDOUS, what, {"external_id": names[name]}


def _parcels(installation: Installation) -> Iterator[Told]:
    """Those whose label was bought."""
    references = dict[str, str]()
    for line in lines_of(installation.ledger(Target.EASYPOST)):
        match line["effect"]:
            case "label":
                references[line["shipment"]] = line["reference"]
            case "track" | "refund":
                references.pop(line["shipment"], None)
    for reference in list(references.values())[:AT_ONCE]:
        yield Target.EASYPOST, "track", {"reference": reference, "status": "delivered"}
