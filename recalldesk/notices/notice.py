"""What a notice says: one frozen value, of one version, in one language.

Guarantee: every form of the notice (page, JSON, feed, texts for networks) takes its words from
here; figures and dates are those of the version, and nothing is added that it does not state.
"""

from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.pictures.reads import Size
from recalldesk.recalls.document.firm import CompanyRole
from recalldesk.recalls.document.remedy import RemedyKind


@dataclass(frozen=True)
class Company:
    """A company that made, brought in, passed on or sold the products. `place`: where it sits;
    `products`: the names of those it is about, none where all are meant."""

    role: CompanyRole
    name: str
    place: str = ""
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShopNumber:
    """What a shop calls a product. `kind` as in the recall file: upc, ean, asin, …"""

    channel: str
    kind: str
    value: str


@dataclass(frozen=True)
class NoticedPicture:
    """A picture of a product. `words` say what it shows; sizes from the smallest on."""

    words: str
    shows_serial: bool
    sizes: tuple[Size, ...]

    @property
    def largest(self) -> Size:
        """The widest."""
        return self.sizes[-1]


@dataclass(frozen=True)
class NoticedProduct:
    """One product, in words. Empty where the version does not say it."""

    key: str
    model: str
    names: tuple[str, ...]
    brand: str
    kind: str
    description: str
    looks: tuple[str, ...]
    made: str
    made_in: str
    sold: str
    sold_in: str
    sold_by: str
    price: str
    serial_where: str
    numbers: tuple[ShopNumber, ...] = ()
    pictures: tuple[NoticedPicture, ...] = ()

    @property
    def name(self) -> str:
        """The main name."""
        return self.names[0]

    @property
    def photos(self) -> tuple[NoticedPicture, ...]:
        """The pictures of the whole product, the main one first."""
        return tuple(picture for picture in self.pictures if not picture.shows_serial)

    @property
    def serial_photos(self) -> tuple[NoticedPicture, ...]:
        """The pictures of where the serial stands."""
        return tuple(picture for picture in self.pictures if picture.shows_serial)


@dataclass(frozen=True)
class NoticedCountry:
    """One country's part. `units` in words, such as "about 1,158,000"; `notice_address`: the
    authority's own page on the recall, empty where none is known."""

    code: str
    name: str
    units: str
    regulator: str
    case_number: str
    emergency_number: str
    notice_address: str = ""


@dataclass(frozen=True)
class NoticedRemedy:
    """What owners can choose, where, and its limits, a sentence each."""

    kind: RemedyKind
    title: str
    explanation: str
    limits: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Incidents:
    """What is known to have happened, and of which day that is. `ages` and `reported` in words."""

    summary: str
    as_of: date
    as_of_shown: str
    ages: str = ""
    reported: str = ""


@dataclass(frozen=True)
class Contact:
    """The people behind a brand."""

    brand: str
    phone: str
    phone_shown: str
    phone_is_free: bool
    email: str
    hours: str
    online_service: str


@dataclass(frozen=True)
class Answer:
    """A question that owners ask, and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Notice:
    """The whole notice. `language` is that of its words, where the version does not have the one
    asked for. `heading` is the one that the law of the EU words, `share` its invitation to pass
    the notice on; both are empty where the version gives none."""

    recall: str
    version: int
    language: str
    published_at: datetime
    announced: date | None
    announced_shown: str
    recall_number: str
    is_closed: bool
    is_made_up: bool
    heading: str
    headline: str
    summary: str
    hazard: str
    incidents: Incidents | None
    firm: str
    firm_legal_name: str
    firm_role: CompanyRole | None
    firm_address: str
    firm_website: str
    companies: tuple[Company, ...]
    products: tuple[NoticedProduct, ...]
    countries: tuple[NoticedCountry, ...]
    steps: tuple[str, ...]
    remedies: tuple[NoticedRemedy, ...]
    decided_within: str
    receipt: str
    keep: tuple[str, ...]
    disposal: tuple[str, ...]
    never: tuple[str, ...]
    answers: tuple[Answer, ...]
    contacts: tuple[Contact, ...]
    share: str
    no_fee: str
