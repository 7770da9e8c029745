"""A made-up gift-card service, in the form of Tremendous' interface.

An address whose name begins with `bounces` is never reached. An order's mail is delivered when it
is read `delivered_after` seconds later, or when whoever runs it says so.
"""

import time
import uuid
from datetime import UTC, datetime
from typing import Any

from recalldesk.demo.providers.announcing import Announcer
from recalldesk.demo.providers.ledger import Ledger, Line
from recalldesk.demo.providers.serving import Asked, Reply

BASE = "/api/v2"
LINK = "https://rewards.example/made-up-link-"
"""What a real one would never want in anybody's log."""
Order = dict[str, Any]


class MadeUpTremendous:
    """Orders by their ids and by the caller's own."""

    def __init__(
        self, ledger: Ledger, key: str, announcer: Announcer, delivered_after: float | None
    ) -> None:
        self._ledger, self._key, self._announcer = ledger, key, announcer
        self._delivered_after = delivered_after
        self._orders: dict[str, Order] = {}
        self._by_external_id: dict[str, str] = {}
        self._order_of: dict[str, str] = {}
        for line in ledger.lines():
            self._take(line)

    def refusal(self) -> dict[str, Any]:
        """As the real one words it: an address may stand in it."""
        return {"errors": {"message": "nobody@home.example is not accepted", "payload": {}}}

    def reply(self, asked: Asked) -> Reply:
        """Answers a request."""
        if asked.authorization != f"Bearer {self._key}":
            return Reply(401, {"errors": {"message": "Unauthorized"}})
        match asked.method, asked.path.removeprefix(BASE).strip("/").split("/"):
            case "POST", ["orders"]:
                return self._create(asked.body)
            case "GET", ["orders"]:
                return self._list(asked.query)
            case "GET", ["orders", name] if order := self._order(name):
                return Reply(200, {"order": self._advanced(order)})
            case "GET", ["rewards", name] if order := self._order(self._order_of.get(name, "")):
                reward = self._advanced(order)["rewards"][0]
                return Reply(200, {"reward": reward})
            case "POST", ["rewards", name, "resend"] if name in self._order_of:
                return self._resend(self._orders[self._order_of[name]], asked.body)
            case "POST", ["rewards", name, "cancel"] if name in self._order_of:
                return self._cancel(self._orders[self._order_of[name]])
            case _:
                return Reply(404, {"errors": {"message": "Not found"}})

    def told(self, order: str, asked: Asked) -> Reply:
        """`deliver`, `bounce` or `status`, of the order of an external id."""
        found = self._orders[self._by_external_id[asked.body["external_id"]]]
        if order == "status":
            self._keep("status", found, status=asked.body["status"])
            return Reply(200)
        is_delivered = order == "deliver"
        self._delivery(found, "SUCCEEDED" if is_delivered else "FAILED")
        return Reply(200)

    def go_on(self) -> None:
        """Every mail that is due arrives."""
        for order in self._orders.values():
            self._advanced(order)

    def _create(self, body: dict[str, Any]) -> Reply:
        external_id = str(body.get("external_id") or uuid.uuid4())
        if external_id in self._by_external_id:
            return Reply(201, {"order": self._orders[self._by_external_id[external_id]]})
        reward = body.get("reward") or {}
        value, recipient = reward.get("value") or {}, reward.get("recipient") or {}
        is_whole = (
            reward.get("campaign_id") and recipient.get("email") and value.get("denomination")
        )
        if not is_whole or "@" not in recipient["email"]:
            return Reply(422, self.refusal())
        self._take_new(_new_order(external_id, body))
        order = self._orders[self._by_external_id[external_id]]
        self._announce("ORDERS.CREATED", order["id"], "orders")
        return Reply(201, {"order": order})

    def _take_new(self, order: Order) -> None:
        self._keep("order", order, external_id=order["external_id"], whole=order)

    def _list(self, query: dict[str, str]) -> Reply:
        rows = sorted(self._orders.values(), key=lambda each: each["created_at"], reverse=True)
        if name := query.get("external_id"):
            rows = [each for each in rows if each["external_id"] == name]
        if since := query.get("created_at[gte]"):
            rows = [each for each in rows if _moment(each["created_at"]) >= _moment(since)]
        start, count = int(query.get("offset", 0)), min(int(query.get("limit", 10)), 100)
        page = [self._advanced(each) for each in rows[start : start + count]]
        return Reply(200, {"orders": page, "total_count": len(rows)})

    def _resend(self, order: Order, body: dict[str, Any]) -> Reply:
        reward = order["rewards"][0]
        if reward["delivery"]["status"] != "FAILED" or order["status"] == "CANCELED":
            return Reply(422, self.refusal())
        email = body.get("updated_email") or reward["recipient"]["email"]
        self._keep("resend", order, email=email)
        return Reply(200, {"reward": reward})

    def _cancel(self, order: Order) -> Reply:
        if order["rewards"][0]["delivery"]["status"] == "SUCCEEDED":
            return Reply(422, self.refusal())
        if order["status"] != "CANCELED":
            self._keep("cancel", order)
            self._announce("ORDERS.CANCELED", order["id"], "orders")
        return Reply(200, {"reward": order["rewards"][0]})

    def _advanced(self, order: Order) -> Order:
        """Its mail may have arrived, or not, since it was last read."""
        delivery = order["rewards"][0]["delivery"]
        is_due = (
            self._delivered_after is not None
            and time.time() - _moment(order["created_at"]).timestamp() >= self._delivered_after
        )
        if order["status"] == "EXECUTED" and delivery["status"] == "PENDING" and is_due:
            bounces = order["rewards"][0]["recipient"]["email"].startswith("bounces")
            self._delivery(order, "FAILED" if bounces else "SUCCEEDED")
        return order

    def _delivery(self, order: Order, status: str) -> None:
        self._keep("delivery", order, status=status)
        self._announce(f"REWARDS.DELIVERY.{status}", order["rewards"][0]["id"], "rewards")

    def _keep(self, effect: str, order: Order, **told: object) -> None:
        line = {"effect": effect, "order": order["id"], **told}
        self._ledger.append(effect, order=order["id"], **told)
        self._take(line)

    def _take(self, line: Line) -> None:
        if line["effect"] == "order":
            order = line["whole"]
            self._orders[order["id"]] = order
            self._by_external_id[order["external_id"]] = order["id"]
            self._order_of[order["rewards"][0]["id"]] = order["id"]
            return
        order = self._orders[line["order"]]
        reward = order["rewards"][0]
        match line["effect"]:
            case "cancel":
                order["status"] = "CANCELED"
            case "status":
                order["status"] = line["status"]
            case "delivery":
                reward["delivery"]["status"] = line["status"]
            case "resend":
                reward["delivery"]["status"] = "PENDING"
                reward["recipient"]["email"] = line["email"]

    def _order(self, name: str) -> Order | None:
        return self._orders.get(name) or self._orders.get(self._by_external_id.get(name, ""))

    def _announce(self, event: str, name: str, kind: str) -> None:
        self._announcer.announce(
            {
                "event": event,
                "uuid": str(uuid.uuid4()),
                "created_utc": _now(),
                "payload": {"resource": {"id": name, "type": kind}, "meta": {}},
            }
        )


def _new_order(external_id: str, body: dict[str, Any]) -> Order:
    reward, name = body["reward"], uuid.uuid4().hex[:12].upper()
    value = reward["value"]
    return {
        "id": name,
        "external_id": external_id,
        "campaign_id": reward["campaign_id"],
        "created_at": _now(),
        "status": "EXECUTED",
        "payment": {"subtotal": value["denomination"], "total": value["denomination"], "fees": 0},
        "rewards": [
            {
                "id": f"R{name}",
                "order_id": name,
                "value": value,
                "recipient": reward["recipient"],
                "delivery": {
                    "method": reward["delivery"]["method"],
                    "status": "PENDING",
                    "link": f"{LINK}{name}",
                },
            }
        ],
    }


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
