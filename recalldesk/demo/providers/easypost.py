"""A made-up shipping service, in the form of EasyPost's interface.

A street that begins with `Nowhere` is not found. A parcel is on its way, then delivered, when it is
read `delivered_after` seconds after its label was bought, or when whoever runs it says so.
"""

import base64
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from recalldesk.demo.providers.announcing import Announcer
from recalldesk.demo.providers.ledger import Ledger, Line
from recalldesk.demo.providers.serving import Asked, Reply

RATES = (
    ("USPS", "Priority", "5.95"),
    ("USPS", "GroundAdvantage", "6.07"),
    ("UPS", "Ground", "11.40"),
    ("USPS", "Express", "28.70"),
)
LABEL = "https://labels.example/made-up-label-"
Shipment = dict[str, Any]


class MadeUpEasyPost:
    """Shipments by their ids and by the caller's own; a label is bought once for each."""

    def __init__(
        self, ledger: Ledger, key: str, announcer: Announcer, delivered_after: float | None
    ) -> None:
        self._ledger, self._announcer = ledger, announcer
        self._authorization = "Basic " + base64.b64encode(f"{key}:".encode()).decode()
        self._delivered_after = delivered_after
        self._shipments: dict[str, Shipment] = {}
        for line in ledger.lines():
            self._take(line)

    def refusal(self) -> dict[str, Any]:
        """As the real one words it: an address may stand in it."""
        return _error("SHIPMENT.POSTAGE.FAILURE", "12 Made Up Street is not served")

    def reply(self, asked: Asked) -> Reply:
        """Answers a request."""
        if asked.authorization != self._authorization:
            return Reply(401, _error("APIKEY.INACTIVE", "This key is not active"))
        match asked.method, asked.path.removeprefix("/v2").strip("/").split("/"):
            case "POST", ["shipments"]:
                return self._create(asked.body["shipment"])
            case "GET", ["shipments"]:
                return self._list(asked.query)
            case "GET", ["shipments", name] if shipment := self._shipment(name):
                return Reply(200, self._advanced(shipment))
            case "GET", ["trackers", name]:
                return self._tracker(name)
            case "POST", ["shipments", name, "buy"] if shipment := self._shipment(name):
                return self._buy(shipment, asked.body)
            case "POST", ["shipments", name, "rerate"] if shipment := self._shipment(name):
                self._keep("rerate", shipment)
                return Reply(200, shipment)
            case "POST", ["shipments", name, "refund"] if shipment := self._shipment(name):
                return self._refund(shipment)
            case _:
                return Reply(404, _error("NOT_FOUND", "The resource could not be found."))

    def told(self, order: str, asked: Asked) -> Reply:
        """`track`: its parcel has this status now; `refunded`: the carrier took its label back."""
        shipment = self._shipment(asked.body["reference"])
        assert shipment is not None
        if order == "refunded":
            self._keep("refund", shipment, status="refunded")
        else:
            self._track(shipment, asked.body["status"])
        return Reply(200)

    def go_on(self) -> None:
        """Every parcel gets as far as it is due."""
        for shipment in self._shipments.values():
            self._advanced(shipment)

    def _create(self, wanted: dict[str, Any]) -> Reply:
        street = wanted["to_address"].get("street1") or ""
        if not street or street.startswith("Nowhere"):
            found = _error("ADDRESS.VERIFY.FAILURE", f"Unable to verify {street}.")
            found["error"]["errors"] = [{"code": "E.ADDRESS.NOT_FOUND", "field": "address"}]
            return Reply(422, found)
        name = f"shp_{uuid.uuid4().hex}"
        shipment = {
            "id": name,
            "reference": wanted.get("reference"),
            "created_at": _now(),
            "to_address": wanted["to_address"],
            "parcel": wanted["parcel"],
            "options": wanted.get("options") or {},
            "rates": [_rate(name, number, *rate) for number, rate in enumerate(RATES)],
            "selected_rate": None,
            "postage_label": None,
            "tracking_code": None,
            "tracker": None,
            "refund_status": None,
        }
        self._keep("shipment", shipment, reference=shipment["reference"], whole=shipment)
        return Reply(201, shipment)

    def _buy(self, shipment: Shipment, body: dict[str, Any]) -> Reply:
        if shipment["postage_label"]:
            return Reply(422, _error("SHIPMENT.POSTAGE.EXISTS", "Postage already exists."))
        chosen = [each for each in shipment["rates"] if each["id"] == body["rate"]["id"]]
        if not chosen:
            return Reply(422, _error("SHIPMENT.RATE.INVALID", "Rate not found."))
        self._keep(
            "label",
            shipment,
            reference=shipment["reference"],
            rate=chosen[0],
            code=f"94001{uuid.uuid4().int % 10**17:017}",
            at=_now(),
        )
        return Reply(200, shipment)

    def _refund(self, shipment: Shipment) -> Reply:
        if not shipment["postage_label"]:
            return Reply(422, _error("SHIPMENT.REFUND.UNAVAILABLE", "Nothing to refund."))
        if not shipment["refund_status"]:
            self._keep("refund", shipment, status="submitted")
        return Reply(200, shipment)

    def _list(self, query: dict[str, str]) -> Reply:
        rows = sorted(self._shipments.values(), key=lambda each: each["created_at"], reverse=True)
        if query.get("purchased") == "true":
            rows = [each for each in rows if each["postage_label"]]
        if since := query.get("start_datetime"):
            rows = [each for each in rows if _moment(each["created_at"]) >= _moment(since)]
        if before := query.get("before_id"):
            names = [each["id"] for each in rows]
            rows = rows[names.index(before) + 1 :]
        count = min(int(query.get("page_size", 20)), 100)
        page = [self._advanced(each) for each in rows[:count]]
        return Reply(200, {"shipments": page, "has_more": len(rows) > count})

    def _tracker(self, name: str) -> Reply:
        found = [
            each for each in self._shipments.values() if (each["tracker"] or {}).get("id") == name
        ]
        return Reply(200, found[0]["tracker"]) if found else Reply(404, _error("NOT_FOUND", ""))

    def _advanced(self, shipment: Shipment) -> Shipment:
        """Its parcel may have gone on since it was last read."""
        label, after = shipment["postage_label"], self._delivered_after
        if label and after is not None and not shipment["refund_status"]:
            age = time.time() - _moment(label["created_at"]).timestamp()
            due = "delivered" if age >= after else "in_transit" if age >= after / 2 else ""
            status = shipment["tracker"]["status"]
            if due and due != status and status in ("pre_transit", "in_transit"):
                self._track(shipment, due)
        return shipment

    def _track(self, shipment: Shipment, status: str) -> None:
        self._keep("track", shipment, status=status, at=_now())
        event = {"id": f"evt_{uuid.uuid4().hex}", "description": "tracker.updated"}
        self._announcer.announce({**event, "result": shipment["tracker"]})

    def _keep(self, effect: str, shipment: Shipment, **told: object) -> None:
        self._ledger.append(effect, shipment=shipment["id"], **told)
        self._take({"effect": effect, "shipment": shipment["id"], **told})

    def _take(self, line: Line) -> None:
        if line["effect"] == "shipment":
            self._shipments[line["whole"]["id"]] = line["whole"]
            return
        shipment = self._shipments[line["shipment"]]
        match line["effect"]:
            case "label":
                _label(shipment, line)
            case "refund":
                shipment["refund_status"] = line["status"]
            case "track":
                shipment["tracker"]["status"] = line["status"]
                detail = {"datetime": line["at"], "status": line["status"]}
                shipment["tracker"]["tracking_details"].append(detail)
            case "rerate":
                for rate in shipment["rates"]:
                    rate["id"] += "x"  # the old ones are for sale no more

    def _shipment(self, name: str) -> Shipment | None:
        by_reference = (s for s in self._shipments.values() if s["reference"] == name)
        return self._shipments.get(name) or next(by_reference, None)


def _label(shipment: Shipment, line: Line) -> None:
    name, code = shipment["id"].removeprefix("shp_"), line["code"]
    shipment["selected_rate"], shipment["tracking_code"] = line["rate"], code
    shipment["postage_label"] = {"created_at": line["at"], "label_url": f"{LABEL}{name}.pdf"}
    shipment["tracker"] = {
        "id": f"trk_{name}",
        "shipment_id": shipment["id"],
        "tracking_code": code,
        "status": "pre_transit",
        "status_detail": "label_created",
        "carrier": line["rate"]["carrier"],
        "public_url": f"https://track.example/{name}",
        "est_delivery_date": None,
        "tracking_details": [],
    }


def _rate(name: str, number: int, carrier: str, service: str, rate: str) -> dict[str, Any]:
    rate_id = f"rate_{name.removeprefix('shp_')}{number}"
    found = {"id": rate_id, "carrier": carrier, "service": service, "rate": rate}
    return {**found, "currency": "USD", "delivery_days": 3}


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "errors": []}}


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
