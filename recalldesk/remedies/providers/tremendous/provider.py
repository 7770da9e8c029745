"""Orders gift cards from Tremendous.

Guarantees: a card is ordered under the remedy's id, which they know as `external_id`: a repeat is
answered with the first order; that is taken only if it is for the same amount, campaign and owner;
a card whose mail came back is sent again under its order, never ordered anew.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from recalldesk.remedies.providers.interface import (
    Effect,
    Looking,
    NoAnswer,
    Notebook,
    NotNow,
    NotThere,
    Placing,
    Refused,
    Standing,
    Wanted,
)
from recalldesk.remedies.providers.tremendous.asking import order_for
from recalldesk.remedies.providers.tremendous.reading import (
    Order,
    differs,
    effect_in,
    found_in,
    is_ours,
    order_in,
    reward_id,
    told_of,
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

PAGE = 100
SIDE_BY_SIDE = 4
"""An answer takes them some tenths of a second; at a few at a time they do not say "too many"."""
UNREADABLE = NoAnswer("unreadable answer")
NOT_KNOWN = Refused("order not known")
"""One whose name we have is not there: the key is of another account, and the card may be out by
the first one. Nobody may take that for nothing done."""
Seen = Order | NotThere | NoAnswer | NotNow


class Tremendous:
    """The service at one address, paid from one funding source."""

    name = "tremendous"
    side_by_side = SIDE_BY_SIDE

    def __init__(self, client: WebClient, funding: str) -> None:
        self._client, self._funding = client, funding

    def will_send(self, wanted: Wanted) -> str:
        """The one request."""
        if _lacking(wanted):
            return ""
        return (
            f"POST orders: {wanted.id}, {wanted.amount} {wanted.currency}, campaign"
            f" {wanted.options['campaign']}"
        )

    def place(self, wanted: Wanted, notebook: Notebook) -> Placing:
        """Orders one card, to be mailed by them."""
        if lacking := _lacking(wanted):
            return lacking
        notebook.sent(self.will_send(wanted))
        heard = self._client.ask("POST", "/orders", body=order_for(wanted, self._funding))
        if not isinstance(heard, Answered):
            return _placing(heard, notebook)
        order = order_in(heard.body)
        if order is None:
            return _placing(UNREADABLE, notebook)
        notebook.answered(told_of(order))
        if differs(order, wanted):
            return Refused("another order", Stopped.DIFFERS)
        return found_in(order)

    def look(self, wanted: Wanted, notebook: Notebook) -> Looking:
        """Reads the order."""
        seen = self._seen(wanted, notebook)
        return found_in(seen) if isinstance(seen, Mapping) else seen

    def cancel(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Cancels the card, if they still can."""
        return self._ask_reward("cancel", {}, wanted, notebook)

    def send_again(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Has a card whose mail came back mailed to the address as it is now."""
        body = {"updated_email": wanted.recipient.email} if wanted.recipient.email else {}
        return self._ask_reward("resend", body, wanted, notebook)

    def effects(self, since: datetime) -> Iterator[Effect]:
        """Every order made since then, also those that came to nothing. Raises ProviderSilent."""
        told, offset = set[str](), 0
        while True:
            query = {"offset": str(offset), "limit": str(PAGE)}
            query["created_at[gte]"] = since.isoformat()
            heard = self._client.ask("GET", "/orders", query=query)
            if not isinstance(heard, Answered) or "orders" not in heard.body:
                raise silence("Tremendous did not list its orders", heard)
            rows = rows_of(heard.body, "orders")
            # An order that is made meanwhile moves the others to the next page.
            for order in rows:
                if (name := text_of(order, "id")) not in told:
                    told.add(name)
                    yield effect_in(order)
            offset += len(rows)
            if len(rows) < PAGE:
                return

    def order_named(self, kind: str, name: str) -> str:
        """The order that a webhook's name belongs to; "" where it is not known."""
        if kind != "rewards":
            return name
        heard = self._client.ask("GET", f"/rewards/{quote(name, safe='')}")
        return text_of(heard.body, "reward", "order_id") if isinstance(heard, Answered) else ""

    def _ask_reward(
        self, verb: str, body: Mapping[str, Any], wanted: Wanted, notebook: Notebook
    ) -> Placing | NotThere:
        """Asks for something where that makes sense as it stands; then says how it stands."""
        seen = self._seen(wanted, notebook)
        if isinstance(seen, NotThere) and wanted.reference:
            return NOT_KNOWN
        if not isinstance(seen, Mapping):
            return seen
        standing = found_in(seen).standing
        if not _makes_sense(verb, standing):
            return found_in(seen)
        reward = reward_id(seen)
        notebook.sent(f"POST rewards/{reward}/{verb}")
        heard = self._client.ask("POST", f"/rewards/{quote(reward, safe='')}/{verb}", body=body)
        if isinstance(heard, NoAnswer | NotNow):
            return _placing(heard, notebook)
        notebook.answered("done" if isinstance(heard, Answered) else _problem(heard))
        after = self._seen(wanted, notebook)
        if not isinstance(after, Mapping):
            return NoAnswer("not read again") if isinstance(after, NotThere) else after
        if verb == "resend" and isinstance(heard, Refused):
            return heard
        return found_in(after)

    def _seen(self, wanted: Wanted, notebook: Notebook) -> Seen:
        """The order by their name of it, else by ours."""
        if wanted.reference:
            notebook.sent(f"GET orders/{wanted.reference}")
            path = f"/orders/{quote(wanted.reference, safe='')}"
            seen = _read(self._client.ask("GET", path), notebook)
            if not isinstance(seen, NotThere):
                return seen
        notebook.sent(f"GET orders of {wanted.id}")
        heard = self._client.ask("GET", "/orders", query={"external_id": str(wanted.id)})
        if isinstance(heard, Answered):
            ours = [each for each in rows_of(heard.body, "orders") if is_ours(each, wanted)]
            notebook.answered(told_of(ours[0]) if ours else "none")
            return ours[0] if ours else NotThere()
        return _read(heard, notebook)


def _lacking(wanted: Wanted) -> Refused | None:
    """Why it cannot be ordered, where something is missing."""
    if wanted.amount is None:
        return Refused("no amount", Stopped.NO_AMOUNT)
    if not wanted.options.get("campaign"):
        return Refused("no campaign")
    return None if wanted.recipient.email else Refused("no e-mail address")


def _makes_sense(verb: str, standing: Standing) -> bool:
    if verb == "resend":
        return standing is Standing.BOUNCED
    return standing not in (Standing.CANCELLED, Standing.FAILED)


def _read(heard: Heard, notebook: Notebook) -> Seen:
    if isinstance(heard, Answered):
        order = order_in(heard.body)
        notebook.answered(told_of(order) if order else UNREADABLE.problem)
        return order or UNREADABLE
    notebook.answered(_problem(heard))
    # Reading changes nothing: whatever keeps us from it may be over later.
    return NotNow(heard.problem) if isinstance(heard, Refused) else heard


def _placing(heard: Heard, notebook: Notebook) -> Placing:
    notebook.answered(_problem(heard))
    if isinstance(heard, Answered):
        return UNREADABLE
    return Refused("404") if isinstance(heard, NotThere) else heard


def _problem(heard: Heard) -> str:
    return getattr(heard, "problem", "not there")
