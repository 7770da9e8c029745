"""Buys labels for replacements from EasyPost.

Guarantees: EasyPost knows no key for repeats, so a shipment is named by the remedy's id and its
name kept before it is bought; it is bought only after it was read and has no label; of one shipment
EasyPost sells one label. What was never bought cost nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote

from recalldesk.remedies.providers.easypost.asking import Rate, best_rate, shipment_for
from recalldesk.remedies.providers.easypost.reading import (
    Shipment,
    bought_at,
    effect_in,
    found_in,
    is_bought,
    is_ours,
    shipment_in,
    told_of,
)
from recalldesk.remedies.providers.interface import (
    Effect,
    Found,
    Looking,
    NoAnswer,
    Notebook,
    NotNow,
    NotThere,
    Placing,
    Refused,
    Wanted,
)
from recalldesk.remedies.providers.web import (
    Answered,
    Heard,
    WebClient,
    rows_of,
    silence,
    text_of,
)
from recalldesk.remedies.states import Stopped

PAGE = 50
BOUGHT_WITHIN = timedelta(days=7)
"""A shipment may be older than its label by so much: its order was tried again meanwhile."""
EXISTS = "POSTAGE.EXISTS"
UNREADABLE = NoAnswer("unreadable answer")
NOT_KNOWN = Refused("shipment not known")
"""One whose name we have is not there: the key is of another account, and it may be bought in the
first one. Nobody may take that for nothing done."""
Seen = Shipment | NotThere | NoAnswer | NotNow


class EasyPost:
    """The service at one address, sending from one warehouse."""

    name = "easypost"

    def __init__(self, client: WebClient, sender: str) -> None:
        self._client, self._sender = client, sender

    def place(self, wanted: Wanted, notebook: Notebook) -> Placing:
        """Has a label for the parcel, bought now or before."""
        asked = shipment_for(wanted, self._sender)
        if isinstance(asked, Refused):
            return asked
        seen: Seen | Refused = self._seen(wanted, notebook)
        if isinstance(seen, NotThere):
            if wanted.reference:
                return NOT_KNOWN
            notebook.sent(f"POST shipments: {wanted.id}")
            seen = _created(self._client.ask("POST", "/v2/shipments", body=asked), notebook)
        elif isinstance(seen, Mapping) and not is_bought(seen):
            seen = self._rated_anew(seen, notebook)
        if not isinstance(seen, Mapping):
            return seen
        if not is_ours(seen, wanted):
            return Refused("another shipment", Stopped.DIFFERS)
        notebook.remember(text_of(seen, "id"))
        return found_in(seen) if is_bought(seen) else self._buy(seen, wanted, notebook)

    def look(self, wanted: Wanted, notebook: Notebook) -> Looking:
        """Reads the shipment; one that was not bought is not there."""
        seen = self._seen(wanted, notebook)
        if not isinstance(seen, Mapping):
            return seen
        return found_in(seen) if is_bought(seen) else NotThere()

    def cancel(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Gives the label back; the carrier takes days to say that it took it."""
        seen = self._bought(wanted, notebook)
        if not isinstance(seen, Found):
            return seen
        notebook.sent(f"POST shipments/{seen.reference}/refund")
        path = f"/v2/shipments/{quote(seen.reference, safe='')}/refund"
        heard = self._client.ask("POST", path)
        if isinstance(heard, NoAnswer | NotNow):
            notebook.answered(heard.problem)
            return heard
        notebook.answered("done" if isinstance(heard, Answered) else _problem(heard))
        return self.look(wanted, notebook)

    def send_again(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """A parcel that came back is a new remedy: it needs another label."""
        seen = self._bought(wanted, notebook)
        return Refused("a parcel is not sent again") if isinstance(seen, Found) else seen

    def effects(self, since: datetime) -> Iterator[Effect]:
        """Every label bought since then. Raises ProviderSilent."""
        query = {
            "purchased": "true",
            "page_size": str(PAGE),
            "start_datetime": (since - BOUGHT_WITHIN).isoformat(),
        }
        while True:
            heard = self._client.ask("GET", "/v2/shipments", query=query)
            if not isinstance(heard, Answered) or "shipments" not in heard.body:
                raise silence("EasyPost did not list its shipments", heard)
            rows = rows_of(heard.body, "shipments")
            for shipment in rows:
                at = bought_at(shipment)
                if is_bought(shipment) and (at is None or at >= since):
                    yield effect_in(shipment)
            if not rows or heard.body.get("has_more") is not True:
                return
            query["before_id"] = text_of(rows[-1], "id")

    def order_named(self, kind: str, name: str) -> str:
        """The shipment that a webhook's name belongs to; "" where it is not known."""
        if kind != "trackers":
            return name
        heard = self._client.ask("GET", f"/v2/trackers/{quote(name, safe='')}")
        return text_of(heard.body, "shipment_id") if isinstance(heard, Answered) else ""

    def _rated_anew(self, shipment: Shipment, notebook: Notebook) -> Shipment | NoAnswer | NotNow:
        """One that was made a while ago: its old rates may be for sale no more."""
        name = text_of(shipment, "id")
        notebook.sent(f"POST shipments/{name}/rerate")
        heard = self._client.ask("POST", f"/v2/shipments/{quote(name, safe='')}/rerate")
        rated = _created(heard, notebook)
        return shipment if isinstance(rated, Refused) else rated

    def _buy(self, shipment: Shipment, wanted: Wanted, notebook: Notebook) -> Placing:
        rate = best_rate(rows_of(shipment, "rates"), wanted)
        if isinstance(rate, Refused):
            return rate
        name = text_of(shipment, "id")
        notebook.sent(f"POST shipments/{name}/buy: {_told(rate)}")
        path = f"/v2/shipments/{quote(name, safe='')}/buy"
        heard = self._client.ask("POST", path, body={"rate": {"id": rate.id}})
        if isinstance(heard, Refused) and heard.problem.endswith(EXISTS):
            notebook.answered(heard.problem)
            seen = self._read(name, notebook)
        else:
            made = _created(heard, notebook)
            if isinstance(made, Refused):
                return made
            seen = made
        if isinstance(seen, Mapping):
            return found_in(seen) if is_bought(seen) else UNREADABLE
        return NoAnswer("not read again") if isinstance(seen, NotThere) else seen

    def _bought(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """How it stands, before something is asked for; not there where nothing was bought."""
        seen = self._seen(wanted, notebook)
        if isinstance(seen, NotThere) and wanted.reference:
            return NOT_KNOWN
        if isinstance(seen, Mapping):
            return found_in(seen) if is_bought(seen) else NotThere()
        return seen

    def _seen(self, wanted: Wanted, notebook: Notebook) -> Seen:
        """The shipment by their name of it, else by ours."""
        return self._read(wanted.reference or str(wanted.id), notebook)

    def _read(self, name: str, notebook: Notebook) -> Seen:
        notebook.sent(f"GET shipments/{name}")
        heard = self._client.ask("GET", f"/v2/shipments/{quote(name, safe='')}")
        if isinstance(heard, Answered):
            shipment = shipment_in(heard.body)
            notebook.answered(told_of(shipment) if shipment else UNREADABLE.problem)
            return shipment or UNREADABLE
        notebook.answered(_problem(heard))
        # Reading changes nothing: whatever keeps us from it may be over later.
        return NotNow(heard.problem) if isinstance(heard, Refused) else heard


def _created(heard: Heard, notebook: Notebook) -> Shipment | NoAnswer | NotNow | Refused:
    """The shipment that was made or bought, or why there is none."""
    if isinstance(heard, Answered):
        shipment = shipment_in(heard.body)
        notebook.answered(told_of(shipment) if shipment else UNREADABLE.problem)
        return shipment or UNREADABLE
    notebook.answered(_problem(heard))
    if isinstance(heard, NotThere):
        return Refused("404")
    if isinstance(heard, Refused) and " ADDRESS." in heard.problem:
        return Refused(heard.problem, Stopped.ADDRESS)
    return heard


def _told(rate: Rate) -> str:
    return f"{rate.carrier} {rate.service} {rate.price} {rate.currency}"


def _problem(heard: Heard) -> str:
    return getattr(heard, "problem", "not there")
