"""What a proof is made of. Plain values, so that it can be printed, written and shown."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class FoundAt:
    """A line of a file that names a purchase. `sha256`: of the file, as it came."""

    file: int
    sha256: str
    channel: str
    kind: str
    taken_at: datetime
    line: int
    units: int
    units_back: int


@dataclass(frozen=True)
class ProvenPurchase:
    """What was bought. `number`: of the purchase; `order`, `serial`: empty unless shown in full;
    `match`: strong or weak, with its `reasons` in words; `covered`: by the live version."""

    number: int
    product: str
    channel: str
    units: int
    units_back: int
    ordered_on: date | None
    country: str
    match: str
    reasons: tuple[str, ...]
    covered: bool
    order: str
    serial: str
    found: tuple[FoundAt, ...]


@dataclass(frozen=True)
class Entry:
    """A row of the log. `sealed`: whether it stands in a sealed block; `number`: of the row."""

    number: int
    at: datetime
    moved: str
    reason: str
    by: str
    sealed: bool


@dataclass(frozen=True)
class ProvenAnswer:
    """What somebody answered, and whether they took it back."""

    kind: str
    units: int
    at: datetime
    by: str
    undone_at: datetime | None


@dataclass(frozen=True)
class ProvenCall:
    """A call."""

    outcome: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ProvenNotice:
    """A notice. `to`: masked unless shown in full; `message_id`: the name that every attempt bore;
    `purchases`: the numbers of those that it names; `text`: the SHA-256 of subject and text as they
    were approved, `subject` and `body` those words; `not_before`: until when one that waits waits;
    `attempts`, and `repeats`: how many of them may have gone out once more; `filings`: claims that
    were sent by its link, `begun`: drafts that were only begun by it."""

    number: int
    wave: int
    wave_name: str
    wave_kind: str
    approved_by: str
    approved_at: datetime | None
    version: int | None
    way: str
    to: str
    language: str
    subject: str
    body: str
    text: str
    purchases: tuple[int, ...]
    message_id: str
    state: str
    why: str
    made_at: datetime
    not_before: datetime | None
    first_tried_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    opened_at: datetime | None
    attempts: int
    repeats: int
    answers: tuple[ProvenAnswer, ...]
    calls: tuple[ProvenCall, ...]
    filings: tuple[str, ...]
    begun: tuple[str, ...]
    log: tuple[Entry, ...]


@dataclass(frozen=True)
class ProvenTelling:
    """A shop was asked to tell the buyer of a purchase itself."""

    shop: str
    number: int
    purchase: int
    outcome: str
    asked_at: datetime
    said_at: datetime | None


@dataclass(frozen=True)
class NotWritten:
    """A contact that is not written to in one way, and why."""

    way: str
    to: str
    reason: str
    everywhere: bool
    at: datetime


@dataclass(frozen=True)
class ProvenContact:
    """How the purchaser can be reached, as the files say. `notices`: the numbers of those to it."""

    kind: str
    to: str
    notices: tuple[int, ...]


@dataclass(frozen=True, repr=False)
class Proof:
    """All that is known of one purchaser. `same_person`: numbers of other purchasers who are the
    same, each with a proof of their own; `filings`: references of those that are tied to them;
    `conclusion`: one sentence; `in_full`: nothing is masked."""

    recall: str
    purchaser: int
    name: str
    country: str
    same_person: tuple[int, ...]
    contacts: tuple[ProvenContact, ...]
    purchases: tuple[ProvenPurchase, ...]
    notices: tuple[ProvenNotice, ...]
    tellings: tuple[ProvenTelling, ...]
    not_written: tuple[NotWritten, ...]
    filings: tuple[str, ...]
    conclusion: str
    in_full: bool
    made_at: datetime
    made_by: str
