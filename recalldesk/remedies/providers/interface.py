"""What every provider can be asked, and what it may answer.

Guarantees asked of each implementation (`tests/contracts/test_every_provider.py`): placing the same
order again, whatever happened to the first answer, has one effect at most; `Refused` and `NotNow`
mean that this request had no effect; whatever is not known to have had none is `NoAnswer`; nothing
that it notes or answers holds a secret or a gift code in clear.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.recipient import Recipient
from recalldesk.remedies.states import Stopped


@dataclass(frozen=True, repr=False)
class Wanted:
    """What is to be ordered. `id` is the remedy's: the key under which a repeat is known.

    `reference`: the provider's own name of it, where an earlier attempt learned it. `options`: what
    the recall says of this remedy for its provider (`RemedyOrdering` of the recall file).
    """

    id: uuid.UUID
    recall: str
    remedy_key: str
    kind: RemedyKind
    recipient: Recipient
    amount: Decimal | None = None
    currency: str = ""
    reference: str = ""
    title: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


class Standing(StrEnum):
    """How far an order came at its provider."""

    ORDERED = "ordered"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    """It reached nobody, and can be sent again under the same order."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    RETURNED = "returned"


@dataclass(frozen=True, repr=False)
class Tracking:
    """Where a parcel can be followed. `label`: where the warehouse prints its label, for nobody
    else to see."""

    carrier: str = ""
    code: str = ""
    page: str = ""
    expected_on: str = ""
    label: str = ""


@dataclass(frozen=True, repr=False)
class Found:
    """How an order stands. `status` is the provider's own word; `at`: since when, where it says.

    `why`: what keeps it from going on, where the provider says so after it had taken the order (a
    bank that does not know the account).
    """

    reference: str
    standing: Standing
    status: str = ""
    at: datetime | None = None
    tracking: Tracking | None = None
    amount: Decimal | None = None
    currency: str = ""
    why: Stopped = Stopped.NONE


@dataclass(frozen=True)
class Refused:
    """It will not be done, and asking again changes nothing; it had no effect."""

    problem: str
    stopped: Stopped = Stopped.REFUSED


@dataclass(frozen=True)
class NoAnswer:
    """It may have been done: to be asked again under the same id, or read."""

    problem: str


@dataclass(frozen=True)
class NotNow:
    """It was not done; it may be asked again, not before `after` where that is given."""

    problem: str
    after: timedelta | None = None


@dataclass(frozen=True)
class NotThere:
    """The provider knows nothing of this order."""


@dataclass(frozen=True, repr=False)
class Effect:
    """Something that a provider did, as it lists it. `id`: ours, where it carries one."""

    found: Found
    id: uuid.UUID | None = None


Placing = Found | Refused | NoAnswer | NotNow
Looking = Found | NotThere | NoAnswer | NotNow


class Notebook(Protocol):
    """Where a provider writes while it is at an order. Each line is committed at once, or, for one
    that places side by side, with its answer."""

    def remember(self, reference: str) -> None:
        """Keeps the provider's name of the order, before anything is asked that costs money."""

    def sent(self, text: str) -> None:
        """What was sent, without secrets."""

    def answered(self, text: str) -> None:
        """What came back, without secrets and codes."""


class Provider(Protocol):
    """One provider. All methods may take as long as their own time-outs allow, and raise nothing
    for what the provider does: it is in their answer."""

    @property
    def name(self) -> str:
        """As rows and recall files name it."""

    def place(self, wanted: Wanted, notebook: Notebook) -> Placing:
        """Orders it, once for its id however often it is called."""

    def look(self, wanted: Wanted, notebook: Notebook) -> Looking:
        """How it stands, by the provider's own record."""

    def cancel(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Cancels it; `Found` says how it stands afterwards, cancelled or not."""

    def send_again(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Sends what bounced once more, under the same order, to the recipient as given now."""

    def effects(self, since: datetime) -> Iterator[Effect]:
        """All that it did since then, for reconciling. Raises ProviderSilent."""


@runtime_checkable
class PlacesSideBySide(Protocol):
    """A provider of which several orders are placed at the same time, each from a thread.

    Its `place` asks once, touches no row of the database, and remembers no reference between two
    steps: what it answers is kept together with others.
    """

    @property
    def side_by_side(self) -> int:
        """How many at most."""

    def will_send(self, wanted: Wanted) -> str:
        """What `place` will note as sent, so that it is kept before; "" where it sends nothing."""


@runtime_checkable
class NamesOrders(Protocol):
    """A provider whose webhooks name parts of an order, as a card or a tracker."""

    def order_named(self, kind: str, name: str) -> str:
        """The provider's name of the order that a part belongs to; "" where it does not say."""
