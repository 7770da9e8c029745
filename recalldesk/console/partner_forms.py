"""The forms by which partners are entered, told, and spoken for. What is wrong stands beside its
field."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.crypto import get_random_string

from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.document.product import Product
from recalldesk.remedies.corrections.rows import (
    LONGEST_REFERENCE,
    LONGEST_SERIAL,
    MOST_UNITS,
)
from recalldesk.remedies.corrections.states import Measure
from recalldesk.stock.partners.managing import PartnerSaid
from recalldesk.stock.posting import LONGEST_PLACE
from recalldesk.stock.reads.notices import NoticeStanding
from recalldesk.stock.refunding import MEASURES, RefundSaid
from recalldesk.stock.reporting import StockSaid
from recalldesk.stock.states import LEVELS, MOVEMENTS, Kind
from recalldesk.stock.telling import LONGEST_NAME

NONCE_LENGTH = 24
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RefusedForm(forms.Form):
    """A form that shows what the rules refused."""

    def show(self, refused: Problem) -> None:
        """The refusal, beside its field where it names one of the form."""
        field = getattr(refused, "field", "")
        self.add_error(field if field in self.fields else None, str(refused))


class SaidForm(RefusedForm):
    """A form that is kept once, however often it is sent."""

    nonce = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        fresh = {"nonce": get_random_string(NONCE_LENGTH)} | (initial or {})
        super().__init__(data, initial=fresh, **kwargs)


class PartnerSaidForm(RefusedForm):
    """What is said of a partner."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="The firm, and its branch where it has several."
    )
    level = forms.ChoiceField(label="Where its stock is", choices=PartnerLevel.choices)
    email = forms.CharField(
        label="E-mail", max_length=254, help_text="Its notices and links go there. Sealed."
    )
    person = forms.CharField(
        label="Person there", required=False, max_length=120, help_text="Sealed."
    )
    phone = forms.CharField(label="Phone", required=False, max_length=40, help_text="Sealed.")
    country = forms.CharField(
        label="Country", max_length=2, initial="US", help_text="Its code, as US."
    )
    language = forms.ChoiceField(label="Language", initial="en")
    company_key = forms.CharField(
        label="Key in recall files",
        required=False,
        max_length=60,
        help_text="As “companies” in the recall file has it, where it names this firm.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    @property
    def said(self) -> PartnerSaid:
        """What it says."""
        given = dict(self.cleaned_data)
        level, country = PartnerLevel(given.pop("level")), given.pop("country").upper()
        return PartnerSaid(level=level, country=country, **given)


class TellForm(RefusedForm):
    """Whom to tell, and by when they are to answer."""

    answer_by = forms.DateField(
        label="To answer by", widget=DAY, help_text="The last day on which it is in time."
    )

    def __init__(self, due: Sequence[NoticeStanding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partners"] = forms.TypedMultipleChoiceField(
            label="Partners",
            coerce=int,
            choices=[(each.partner.pk, each.partner.name) for each in due],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose whom to tell."},
        )


class AnswerForm(SaidForm):
    """That a partner stopped selling, as it said by phone or letter."""

    said_by = forms.CharField(
        label="Who there confirms it", max_length=LONGEST_NAME, help_text="Sealed."
    )

    def __init__(self, products: Sequence[Product], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._products = products
        for each in products:
            self.fields[f"{Kind.ON_HAND}-{each.key}"] = _units(f"Units on hand: {name_of(each)}")

    @property
    def on_hand(self) -> dict[str, int]:
        """Units by the key of their product, as far as they were counted."""
        given = self.cleaned_data
        counts = {each.key: given[f"{Kind.ON_HAND}-{each.key}"] for each in self._products}
        return {key: units for key, units in counts.items() if units is not None}


class CountsForm(SaidForm):
    """How many a partner has."""

    day = forms.DateField(label="Counted on", widget=DAY)

    def __init__(self, products: Sequence[Product], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._products = products
        for each in products:
            for kind in LEVELS:
                self.fields[f"{kind}-{each.key}"] = _units(f"{kind.label}: {name_of(each)}")

    def told_on(self, day: date) -> list[StockSaid]:
        """The counts that were written down."""
        given = self.cleaned_data
        return [
            StockSaid(kind, units, day, product=each.key)
            for each in self._products
            for kind in LEVELS
            if (units := given[f"{kind}-{each.key}"]) is not None
        ]


class MovementForm(SaidForm):
    """What a partner sent back or destroyed."""

    kind = forms.ChoiceField(
        label="What became of them", choices=[(each.value, each.label) for each in MOVEMENTS]
    )
    units = forms.IntegerField(label="Units", min_value=1, max_value=MOST_UNITS)
    happened_on = forms.DateField(label="On", widget=DAY)
    came_back = forms.BooleanField(
        label="They came back from customers",
        required=False,
        help_text="Then what the customers got counts them.",
    )
    reference = forms.CharField(
        label="Its own number of it",
        required=False,
        max_length=LONGEST_REFERENCE,
        help_text="No name of a person.",
    )

    def __init__(self, products: Sequence[Product], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(products) > 1:
            choices = [(each.key, name_of(each)) for each in products]
            self.fields["product"] = forms.ChoiceField(label="Product", choices=choices)

    @property
    def said(self) -> StockSaid:
        """What it says."""
        given = self.cleaned_data
        return StockSaid(
            Kind(given["kind"]),
            given["units"],
            given["happened_on"],
            product=given.get("product", ""),
            came_back=given["came_back"],
            reference=given["reference"],
        )


class RefundForm(SaidForm):
    """What a partner did for its customers: of one unit by its serial, else of how many."""

    measure = forms.ChoiceField(
        label="What the customers got", choices=[(each.value, each.label) for each in MEASURES]
    )
    serial = forms.CharField(
        label="Serial of the unit",
        required=False,
        max_length=LONGEST_SERIAL,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Where it is known; else how many.",
    )
    units = forms.CharField(
        label="Units without a serial",
        required=False,
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    happened_on = forms.DateField(label="On", widget=DAY)
    reference = forms.CharField(
        label="Its own number of it",
        required=False,
        max_length=LONGEST_REFERENCE,
        help_text="As of the credit note. No name of a person.",
    )

    @property
    def said(self) -> RefundSaid:
        """What it says."""
        given = dict(self.cleaned_data)
        return RefundSaid(
            Measure(given["measure"]),
            given["happened_on"],
            serial=given["serial"],
            units=given["units"],
            reference=given["reference"],
        )


class PostingForm(SaidForm):
    """Where the notice hangs."""

    place = forms.CharField(
        label="Where it hangs",
        max_length=LONGEST_PLACE,
        help_text="As: entrance of the shop, 1 Example Street.",
    )
    since = forms.DateField(label="Since", widget=DAY)
    until = forms.DateField(
        label="Until",
        required=False,
        widget=DAY,
        help_text="The last day on which it hung; empty where it hangs still.",
    )


class DownForm(RefusedForm):
    """That a notice was taken down."""

    until = forms.DateField(label="The last day on which it hung", widget=DAY)


def name_of(product: Product) -> str:
    """As what the desk knows a product."""
    name = product.names[0]
    return name if name == product.model else f"{name}, {product.model}"


def _units(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_UNITS)
