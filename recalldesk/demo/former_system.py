"""A made-up system in which a made-up firm ran its recall before: its files, the same for a seed.

Everything is made up, and looks it: example addresses, numbers 555-01xx. What its gift-card service
did is given as lines of the made-up service's own ledger, so that the service knows its orders.
"""

import csv
import json
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC as ZONE
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

SYSTEM = "Example Recall Suite"
FIRST_NAMES = ("Olive", "Pavel", "Quinn", "Rosa", "Sven", "Tara", "Uma", "Viktor")
LAST_NAMES = ("Imagined", "Made-Up", "Invented", "Example", "Sample", "Pretend")
STATES = ("delivered", "sent", "ordered", "unclear", "lost track", "approved", "open", "refused")
WEIGHTS = (55, 15, 6, 4, 2, 8, 7, 3)
CLAIM_HEADS = (
    *("Ticket", "Status", "Opened", "Serial", "Customer", "E-mail", "Phone", "Country"),
    "Scans",
)
REMEDY_HEADS = ("Ticket", "Outcome", "Value", "Paid through", "Order ID", "Changed")
NOTICE_HEADS = ("Contact", "Channel", "Told on", "Result")
MAPPING = f"""
system = "{SYSTEM}"

[claims]
day = "%m/%d/%Y"
[claims.columns]
reference = "Ticket"
state = "Status"
filed_on = "Opened"
serial = "Serial"
name = "Customer"
email = "E-mail"
phone = "Phone"
country = "Country"
photos = "Scans"
[claims.states]
"Closed - paid" = "settled"
"Closed - refused" = "declined"
"Approved" = "approved"
"Open" = "in_review"
[claims.usual]
remedy = "gift_card"

[remedies]
day = "%m/%d/%Y"
[remedies.columns]
reference = "Ticket"
remedy_state = "Outcome"
remedy_amount = "Value"
remedy_provider = "Paid through"
remedy_reference = "Order ID"
remedy_on = "Changed"
[remedies.remedy_states]
"delivered" = "delivered"
"sent" = "sent"
"ordered" = "ordered"
"unclear" = "unknown"
"lost track" = "unknown"
[remedies.providers]
"Rewards account" = "tremendous"
[remedies.usual]
remedy = "gift_card"
remedy_currency = "USD"

[notices]
day = "%m/%d/%Y"
[notices.columns]
contact = "Contact"
way = "Channel"
told_on = "Told on"
state = "Result"
[notices.states]
"ok" = "delivered"
"returned" = "bounced"
"""


@dataclass(frozen=True)
class FormerClaim:
    """One claim there. `state`: of STATES; `order`: at the gift-card service, empty for none;
    `was_placed`: the service has that order."""

    ticket: str
    serial: str
    name: str
    email: str
    phone: str
    opened: date
    state: str
    order: str
    was_placed: bool


def former_claims(serials: Sequence[str], *, seed: int, today: date) -> list[FormerClaim]:
    """A claim for each serial."""
    chance = random.Random(seed)  # noqa: S311 - made-up claims are to be repeatable, not secret
    return [_claim(chance, number, serial, today) for number, serial in enumerate(serials, 1)]


def _claim(chance: random.Random, number: int, serial: str, today: date) -> FormerClaim:
    state = chance.choices(STATES, WEIGHTS)[0]
    has_order = state in STATES[:4]
    return FormerClaim(
        ticket=f"ERS-{number:06d}",
        serial=serial,
        name=f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
        email=f"owner{number}@home.example",
        phone=f"(202) 555-01{number % 100:02d}",
        opened=today - timedelta(days=chance.randrange(20, 90)),
        state=state,
        order=uuid.UUID(int=chance.getrandbits(128)).hex[:12].upper() if has_order else "",
        was_placed=has_order and (state != "unclear" or chance.random() < 0.5),
    )


def write_former_system(
    folder: Path, claims: Sequence[FormerClaim], *, amount: str, photos: Sequence[str] = ()
) -> None:
    """Its files, with the mapping file. `photos`: names of files, of the first claims."""
    folder.mkdir(parents=True, exist_ok=True)
    scans = dict(enumerate(photos))
    said = {"approved": "Approved", "open": "Open", "refused": "Closed - refused"}
    _write(
        folder / "claims.csv",
        CLAIM_HEADS,
        [
            (
                *(each.ticket, said.get(each.state, "Closed - paid"), _day(each.opened)),
                *(each.serial, each.name, each.email, each.phone, "US", scans.get(place, "")),
            )
            for place, each in enumerate(claims)
        ],
    )
    _write(
        folder / "remedies.csv",
        REMEDY_HEADS,
        [
            (
                *(each.ticket, each.state, amount),
                *("Rewards account" if each.order else "", each.order, _day(_moved(each))),
            )
            for each in claims
            if each.state in STATES[:5]
        ],
    )
    _write(
        folder / "notices.csv",
        NOTICE_HEADS,
        [(each.email, "email", _day(each.opened - timedelta(days=5)), "ok") for each in claims],
    )
    (folder / "takeover.toml").write_text(MAPPING, encoding="utf-8")


def ledger_lines(claims: Sequence[FormerClaim], *, amount: str) -> list[str]:
    """What the made-up gift-card service remembers of them, as lines of its ledger."""
    return [json.dumps(_order(each, amount)) for each in claims if each.was_placed]


def _order(claim: FormerClaim, amount: str) -> dict[str, Any]:
    value = {"denomination": float(amount), "currency_code": "USD"}
    delivery = "SUCCEEDED" if claim.state == "delivered" else "PENDING"
    at = datetime.combine(_moved(claim), time(12), tzinfo=ZONE).isoformat()
    whole = {
        "id": claim.order,
        "external_id": claim.ticket,
        "campaign_id": "CAMPAIGN1",
        "created_at": at,
        "status": "EXECUTED",
        "payment": {"subtotal": float(amount), "total": float(amount), "fees": 0},
        "rewards": [
            {
                "id": f"R{claim.order}",
                "order_id": claim.order,
                "value": value,
                "recipient": {"name": claim.name, "email": claim.email},
                "delivery": {"method": "EMAIL", "status": delivery, "link": ""},
            }
        ],
    }
    return {
        "effect": "order",
        "order": claim.order,
        "external_id": claim.ticket,
        "whole": whole,
    }


def _moved(claim: FormerClaim) -> date:
    return claim.opened + timedelta(days=7)


def _day(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def _write(path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)
