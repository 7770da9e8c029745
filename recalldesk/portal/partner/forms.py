"""The forms of partners: they read, and show beside its field what was refused."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from recalldesk.foundation import clock
from recalldesk.portal.claiming.forms import ClaimForm, choice_field, text_field
from recalldesk.portal.partner.words import KINDS, MEASURES, STOCK_PROBLEMS
from recalldesk.recalls.document.product import Product
from recalldesk.stock.errors import StockRefused
from recalldesk.stock.states import MOVEMENTS, Kind

NUMBER = {"inputmode": "numeric", "maxlength": "9", "dir": "ltr"}
MOST_DIGITS = 9
Choices = list[tuple[str, str]]


class PartnerForm(ClaimForm):
    """A form with a random name: sent twice, it counts once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        sent = str(self.data.get("nonce", ""))[:64] if self.is_bound else ""
        self.nonce = sent or get_random_string(24)

    def units_in(self, name: str) -> int | None:
        """A whole number; None where the field is empty, -1 where it holds something else."""
        text = self.text(name)
        if not text:
            return None
        is_whole = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
        return int(text) if is_whole else -1

    def day_in(self, name: str) -> date | None:
        """A day; None where there is none."""
        return day_in(self.text(name))

    def is_ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.data.get(name)) if self.is_bound else False

    def say(self, field: str, words: str | Promise) -> None:
        """Puts words beside a field, or above all where there is no such one."""
        _ = self.errors  # looked at once, or the next would put these words out
        self.add_error(field if field in self.fields else None, str(words))

    def show_refused(self, refused: StockRefused, names: Mapping[str, str] | None = None) -> None:
        """The same of what the rules refused. `names`: the fields that show theirs, where they are
        called otherwise."""
        self.say((names or {}).get(refused.field, refused.field), STOCK_PROBLEMS[refused.kind])


def day_in(text: str) -> date | None:
    """The day that a text is, as a browser sends it; None where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def product_name(product: Product) -> str:
    """What a partner knows it by."""
    name = product.names[0]
    return name if name == product.model else f"{name}, {product.model}"


def today() -> str:
    """The day, as a field for days holds it."""
    return clock.now().date().isoformat()


def day_field(label: Promise, hint: str | Promise = "") -> forms.CharField:
    """A field for a day."""
    return text_field(label, kind="date", hint=hint)  # type: ignore[arg-type]


def units_name(product: str, kind: Kind = Kind.ON_HAND) -> str:
    """The name of the field for how many there are of a product."""
    return f"{kind}-{product}"


class StopSaleForm(PartnerForm):
    """That the partner stopped selling, who confirms it, and how many of each product it has."""

    said_by = text_field(
        gettext_lazy("Your name"),
        autocomplete="name",
        hint=gettext_lazy("Whoever confirms it for your firm."),
        attributes={"maxlength": "120"},
    )

    def __init__(self, *, products: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        counted = {
            units_name(each.key): text_field(
                gettext("Units of %(product)s that you have") % {"product": product_name(each)},
                attributes=NUMBER,
                hint=gettext("In shops, stores and on their way. None? Then write 0."),
            )
            for each in products
        }
        self.fields = {**counted, **self.fields}


class CountForm(PartnerForm):
    """How many there are of each product: still about, and kept apart."""

    day = day_field(gettext_lazy("Counted on"))

    def __init__(self, *, products: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(initial={"day": today()}, **kwargs)
        counted = {}
        for each in products:
            for kind in (Kind.ON_HAND, Kind.QUARANTINED):
                label = str(KINDS[kind])
                if len(products) > 1:
                    label = f"{product_name(each)}: {label}"
                hint = (
                    gettext("All you still have: on shelves, in stores, on their way, kept apart.")
                    if kind is Kind.ON_HAND
                    else gettext("Under lock and marked “Recalled: do not sell”.")
                )
                counted[units_name(each.key, kind)] = text_field(
                    label, attributes=NUMBER, hint=hint
                )
        self.fields = {**counted, **self.fields}


class MovedForm(PartnerForm):
    """What was sent back or destroyed."""

    kind = choice_field(gettext_lazy("What became of them?"), [])
    product = choice_field(gettext_lazy("Product"), [])
    units = text_field(gettext_lazy("How many units"), attributes=NUMBER)
    happened_on = day_field(gettext_lazy("On which day"))
    reference = text_field(
        gettext_lazy("Your own number of it, if there is one"),
        hint=gettext_lazy("Of the delivery note or the certificate. No name of a person."),
        attributes={"maxlength": "60"},
    )

    def __init__(self, *, products: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(initial={"happened_on": today()}, **kwargs)
        kinds: Choices = [("", gettext("Please choose"))]
        kinds += [(kind.value, str(KINDS[kind])) for kind in MOVEMENTS]
        self.fields["kind"] = choice_field(gettext("What became of them?"), kinds)
        if len(products) == 1:
            del self.fields["product"]
            return
        choices: Choices = [("", gettext("Please choose"))]
        choices += [(each.key, product_name(each)) for each in products]
        self.fields["product"] = choice_field(gettext("Product"), choices)


class ReasonForm(PartnerForm):
    """Why something is taken back."""

    note = text_field(
        gettext_lazy("Why is it wrong?"),
        hint=gettext_lazy("A few words are enough. No name of a customer."),
        attributes={"maxlength": "300"},
    )


class RefundForm(PartnerForm):
    """One customer's unit, or several of which no serial number is known."""

    serial = text_field(
        gettext_lazy("Serial number"),
        hint=gettext_lazy("Of one unit. You do not know it? Then leave it empty."),
        attributes={
            "autocapitalize": "characters",
            "spellcheck": "false",
            "dir": "ltr",
            "maxlength": "200",
        },
    )
    units = text_field(gettext_lazy("Or how many units without one"), attributes=NUMBER)
    measure = choice_field(gettext_lazy("What did the customer get?"), [])
    happened_on = day_field(gettext_lazy("On which day"))
    reference = text_field(
        gettext_lazy("Your own number of it, if there is one"),
        hint=gettext_lazy("Of the credit note or receipt. No name of a customer."),
        attributes={"maxlength": "60"},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial={"happened_on": today()}, **kwargs)
        self.fields["measure"] = choice_field(gettext("What did the customer get?"), measures())


class RefundFileForm(PartnerForm):
    """What holds of the rows of a file that do not say it."""

    usual_measure = choice_field(gettext_lazy("Where a row does not say it, the customer got"), [])
    usual_day = day_field(
        gettext_lazy("Where a row names no day, it was on"),
        gettext_lazy("Leave it empty if every row has its day."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        label = gettext("Where a row does not say it, the customer got")
        self.fields["usual_measure"] = choice_field(label, measures())


class PostedForm(PartnerForm):
    """Where the notice hangs."""

    place = text_field(
        gettext_lazy("Where does it hang?"),
        hint=gettext_lazy("As “entrance of our shop, 1 Example Street”."),
        attributes={"maxlength": "160"},
    )
    since = day_field(gettext_lazy("Since"))
    until = day_field(
        gettext_lazy("Until, if it was taken down"), gettext_lazy("Leave it empty while it hangs.")
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial={"since": today()}, **kwargs)


def measures() -> Choices:
    """What a customer got."""
    return [(measure.value, str(words)) for measure, words in MEASURES.items()]
