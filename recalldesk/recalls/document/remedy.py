"""What owners get, what they are asked for, what they are promised, and where the unit goes."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from recalldesk.recalls.document.firm import Https
from recalldesk.recalls.document.parts import (
    Count,
    Country,
    Day,
    Key,
    Line,
    MaybeLine,
    Money,
    Part,
    Problem,
    Rule,
    Text,
)
from recalldesk.recalls.time_zones import is_time_zone


class RemedyKind(StrEnum):
    """The kinds of remedy. A gift card counts as a refund in reports."""

    GIFT_CARD = "gift_card"
    REPLACEMENT = "replacement"
    REFUND = "refund"
    REPAIR = "repair"


class ProviderName(StrEnum):
    """Who hands a remedy out: the firm's own codes, warehouse or bank, or a service."""

    CODES = "codes"
    TREMENDOUS = "tremendous"
    DISPATCH = "dispatch"
    EASYPOST = "easypost"
    REFUND = "refund"


PROVIDERS: dict[RemedyKind, tuple[ProviderName, ...]] = {
    RemedyKind.GIFT_CARD: (ProviderName.CODES, ProviderName.TREMENDOUS),
    RemedyKind.REPLACEMENT: (ProviderName.DISPATCH, ProviderName.EASYPOST),
    RemedyKind.REPAIR: (ProviderName.DISPATCH, ProviderName.EASYPOST),
    RemedyKind.REFUND: (ProviderName.REFUND,),
}
"""Who can hand out which kind; the first does where the recall names none."""


class DangerousGoods(Part):
    """How a parcel with a battery in it is declared."""

    un_number: Annotated[str, Field(pattern=r"^UN[0-9]{4}$")]
    packing_instruction: Line
    ground_only: bool = True
    declaration: MaybeLine = ""


class Parcel(Part):
    """The parcel of a replacement: its size in millimetres, its weight in grams."""

    length_mm: Count = Field(ge=1, le=3_000)
    width_mm: Count = Field(ge=1, le=3_000)
    height_mm: Count = Field(ge=1, le=3_000)
    weight_g: Count = Field(ge=1, le=100_000)
    dangerous_goods: DangerousGoods | None = None


class Ordering(Part):
    """How a remedy is ordered. `article`: the warehouse's number of what is sent; `campaign`: the
    gift-card service's; `pool`: which of the firm's own codes."""

    provider: ProviderName | None = None
    article: MaybeLine = ""
    campaign: MaybeLine = ""
    pool: MaybeLine = ""
    parcel: Parcel | None = None


class Budget(Part):
    """What may be ordered in a day; more takes two people."""

    per_day: Money | None = None
    remedies_a_day: Count | None = Field(None, ge=1)


class Remedy(Part):
    """One remedy, where it is offered, and its limits."""

    key: Key
    kind: RemedyKind
    countries: tuple[Country, ...] = Field(min_length=1)
    title: Text
    explanation: Text
    value: Money | None = None
    shops: tuple[Line, ...] = ()
    expires_after_months: Count | None = Field(None, ge=1)
    replacement_model: MaybeLine = ""
    days: Count = Field(ge=1, le=365)
    ordering: Ordering | None = None

    @property
    def provider_name(self) -> ProviderName:
        """Who hands it out."""
        named = self.ordering.provider if self.ordering else None
        return named or PROVIDERS[self.kind][0]

    def _can_hand_it_out(self) -> Iterator[Problem]:
        if self.provider_name not in PROVIDERS[self.kind]:
            known = " or ".join(PROVIDERS[self.kind])
            yield ("ordering", "provider"), f"hands out no {self.kind.value}: name {known}"

    rules = (Rule(_can_hand_it_out, ("ordering.provider", "kind")),)


class Weekday(StrEnum):
    """A day of the week, in its order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def _known_zone(name: str) -> str:
    if name and not is_time_zone(name):
        raise ValueError(f"names the time zone {name!r}; write it as in America/New_York")
    return name


class Promises(Part):
    """Working days in which each stage is promised.

    `time_zone`: where a day begins and ends; empty where it is that of the recall's first country.
    """

    confirm_days: Count = Field(1, ge=0, le=30)
    review_days: Count = Field(ge=1, le=90)
    remedy_days: Count = Field(ge=1, le=365)
    time_zone: Annotated[MaybeLine, AfterValidator(_known_zone)] = ""
    weekend: tuple[Weekday, ...] = Field((Weekday.SATURDAY, Weekday.SUNDAY), max_length=6)
    holidays: tuple[Day, ...] = Field((), max_length=1_000)

    def _each_once(self) -> Iterator[Problem]:
        for place, day in enumerate(self.holidays):
            if day in self.holidays[:place]:
                yield ("holidays", place), f"names {day} twice"

    def _each_weekday_once(self) -> Iterator[Problem]:
        for place, day in enumerate(self.weekend):
            if day in self.weekend[:place]:
                yield ("weekend", place), f"names {day} twice"

    rules = (Rule(_each_once, ("holidays",)), Rule(_each_weekday_once, ("weekend",)))


class ReceiptRule(StrEnum):
    """Whether a receipt is asked for."""

    NOT_ASKED = "not_asked"
    WELCOME = "welcome"
    REQUIRED = "required"


class Mark(StrEnum):
    """What an owner writes on the unit."""

    WORD = "word"
    CODE = "code"
    NAME = "name"
    DATE = "date"


class Evidence(Part):
    """What an owner shows."""

    label_photo: bool = True
    marking_photo: bool = True
    marks: tuple[Mark, ...] = (Mark.WORD, Mark.CODE)
    word: Annotated[str, Field(pattern=r"^[A-Z]{3,12}$")] = "RECALLED"
    receipt: ReceiptRule = ReceiptRule.NOT_ASKED


class Attestation(StrEnum):
    """How sure the firm asks to be that a unit is gone."""

    NONE = "none"
    PROMISED = "promised"
    CONFIRMED = "confirmed"
    PROVEN = "proven"


class DisposalMoment(StrEnum):
    """When disposal is asked for."""

    BEFORE_REMEDY = "before_remedy"
    AFTER_REMEDY = "after_remedy"


class ProofBy(StrEnum):
    """Who accepts a photo that proves disposal."""

    RULE = "rule"
    PERSON = "person"


class UnitCondition(StrEnum):
    """How a unit is when it is got rid of."""

    SOUND = "sound"
    DAMAGED = "damaged"


class DisposalCase(Part):
    """Guidance for some countries, for one condition of the unit, or for both: it stands in the
    place of what is said to everybody. No country means all."""

    countries: tuple[Country, ...] = ()
    condition: UnitCondition | None = None
    guidance: tuple[Text, ...] = Field(min_length=1)

    def _is_of_something(self) -> Iterator[Problem]:
        if not self.countries and self.condition is None:
            yield (), "names neither countries nor a condition: put it into disposal.guidance"

    rules = (Rule(_is_of_something, ("countries", "condition")),)

    def is_for(self, country: str, condition: UnitCondition) -> bool:
        """Whether it is meant for such a unit there."""
        return (not self.countries or country in self.countries) and self.condition in (
            None,
            condition,
        )


class Disposal(Part):
    """The rule and the guidance for getting rid of a unit. `proof_by`: who accepts the photo, where
    disposal is to be proven; `collection_sites`: whether owners are shown those of the desk's
    lists; `ask`: what to ask there on the phone."""

    attestation: Attestation
    moment: DisposalMoment = DisposalMoment.AFTER_REMEDY
    proof_by: ProofBy = ProofBy.RULE
    guidance: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...] = Field(min_length=1)
    cases: tuple[DisposalCase, ...] = ()
    collection_sites: bool = True
    ask: tuple[Text, ...] = ()

    def guidance_for(self, country: str, condition: UnitCondition) -> tuple[Text, ...]:
        """What is said of such a unit there: the most particular case that is meant for it. Of two
        that are equally so, the condition goes before the country."""
        meant = [each for each in self.cases if each.is_for(country, condition)]
        found = max(
            meant, key=lambda each: (each.condition is not None, bool(each.countries)), default=None
        )
        return found.guidance if found else self.guidance

    def guidance_of_damaged(self, country: str) -> tuple[Text, ...]:
        """What the recall says of a damaged unit there; nothing where no case says it: what holds
        for a sound one is never said of it."""
        condition = UnitCondition.DAMAGED
        is_said = any(
            each.condition is condition and each.is_for(country, condition) for each in self.cases
        )
        return self.guidance_for(country, condition) if is_said else ()

    def guidance_by_country(
        self, countries: Iterable[str]
    ) -> tuple[tuple[tuple[str, ...], tuple[Text, ...]], ...]:
        """What is said of a sound unit in these countries, and in which of them just that is."""
        found: list[tuple[list[str], tuple[Text, ...]]] = []
        for country in countries:
            guidance = self.guidance_for(country, UnitCondition.SOUND)
            same = next((codes for codes, said in found if said == guidance), None)
            if same is None:
                found.append(([country], guidance))
            else:
                same.append(country)
        return tuple((tuple(codes), guidance) for codes, guidance in found)

    def _each_case_once(self) -> Iterator[Problem]:
        met: set[tuple[str, UnitCondition | None]] = set()
        for place, case in enumerate(self.cases):
            for country in case.countries or ("",):
                if (country, case.condition) in met:
                    yield ("cases", place), "is for a country and a condition that another is for"
                met.add((country, case.condition))

    rules = (Rule(_each_case_once, ("cases",)),)


class Corrections(Part):
    """What is reported as corrected. A gift card counts as a refund, unless the recall says that it
    comes on top."""

    gift_card_counts: bool = True


class Levels(Part):
    """Units at each level of the chain of sale."""

    manufacturer: Count = Field(0, ge=0)
    distributor: Count = Field(0, ge=0)
    retailer: Count = Field(0, ge=0)
    consumer: Count = Field(0, ge=0)

    @property
    def total(self) -> int:
        """All levels together."""
        return self.manufacturer + self.distributor + self.retailer + self.consumer


class Jurisdiction(Part):
    """One country's part of the recall."""

    country: Country
    units: Count | None = Field(None, ge=1)
    units_are_about: bool = False
    levels: Levels | None = None
    regulator: Line
    case_number: MaybeLine = ""
    notice_address: Https | None = None
    compliance_officer: MaybeLine = ""
    emergency_number: Annotated[str, Field(pattern=r"^[0-9]{2,6}$")]
    northern_ireland: bool | None = None

    def _northern_ireland(self) -> Iterator[Problem]:
        if self.northern_ireland is not None and self.country != "GB":
            yield ("northern_ireland",), f"belongs to GB, not to {self.country}"

    rules = (Rule(_northern_ireland, ("northern_ireland", "country")),)
