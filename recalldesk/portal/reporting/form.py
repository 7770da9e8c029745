"""The form in which an owner tells what happened. Its rules stand in `incidents`.

Guarantee: only that something happened is asked; everything else may be left out, and whatever was
typed stands in the form again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy

from recalldesk.claims.contacts import LONGEST_NAME
from recalldesk.foundation import clock
from recalldesk.incidents.currencies import currency_choices
from recalldesk.incidents.form_reading import (
    FIELDS,
    LONGEST_AGE,
    LONGEST_LINE,
    MOST_ROWS,
    NO,
    YES,
    Read,
    Row,
    one_more,
    read_form,
    row_field,
    rows_in,
)
from recalldesk.incidents.states import Care, Happened, HasUnit
from recalldesk.portal.claiming.following_forms import CONTACT, PRINTED, WHICH, headline_of
from recalldesk.portal.claiming.forms import ClaimForm, choice_field, text_field
from recalldesk.portal.subject import Subject
from recalldesk.recalls import wording
from recalldesk.recalls.reads import LiveRecall

LATEST_ZONE = timedelta(hours=14)
"""Nobody's today is a day in the future."""
LEFT_OPEN = gettext_lazy("I do not know")


@dataclass(frozen=True)
class RowShown:
    """The fields of a person or a thing. `number`: from 1."""

    number: int
    fields: tuple[BoundField, ...]


def radio_field(label: Any, choices: Sequence[tuple[str, Any]], *, hint: Any = "") -> Any:
    """A field of which one is chosen, and may be left out."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        help_text=hint,
        required=False,
        widget=forms.RadioSelect(),
    )


class ReportForm(ClaimForm):
    """What happened. `recalls`: of which one may be chosen, where the page is about none.
    `asks_contact`: nobody knows yet how to reach them."""

    happened = radio_field(gettext_lazy("What happened?"), Happened.choices)
    account = text_field(
        gettext_lazy("In your own words, if you like"),
        hint=gettext_lazy("Where was it, was it charging, what did you see?"),
        attributes={"maxlength": "4000"},
        area=True,
    )
    happened_on = text_field(
        gettext_lazy("When was it?"),
        hint=gettext_lazy("Leave it empty if you do not know."),
        kind="date",
    )
    is_about = forms.BooleanField(label=gettext_lazy("About then"), required=False)
    anyone_hurt = radio_field(
        gettext_lazy("Was anyone hurt?"), [(NO, gettext_lazy("No")), (YES, gettext_lazy("Yes"))]
    )
    anything_damaged = radio_field(
        gettext_lazy("Was anything damaged?"),
        [(NO, gettext_lazy("No")), (YES, gettext_lazy("Yes"))],
    )
    has_unit = radio_field(gettext_lazy("Do you still have it?"), HasUnit.choices)
    serial = text_field(
        gettext_lazy("Serial number, if you know it"),
        hint=gettext_lazy("From a photo, the box or your account. Do not go near it to look."),
        attributes={**PRINTED, "maxlength": "200"},
    )

    def __init__(
        self,
        *,
        subject: Subject | None,
        recalls: Sequence[LiveRecall] = (),
        asks_contact: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._subject, self._recalls = subject, recalls
        self.asks_contact = asks_contact
        self.chosen = self._chosen()
        self._add_which()
        self.counts = {row: rows_in(self._typed, row) for row in Row}
        for row, add in ((Row.PERSON, self._add_person), (Row.THING, self._add_thing)):
            for place in range(self.counts[row]):
                add(place)
        if asks_contact:
            self._add_contact()

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "") if self.is_bound else "").strip()

    def _chosen(self) -> LiveRecall | None:
        """The recall of the page, or the one that was chosen."""
        if self._subject is not None:
            return self._subject.live
        named = self._typed("which")
        return next((each for each in self._recalls if each.slug == named), None)

    @property
    def _countries(self) -> list[str]:
        known = [self.chosen] if self.chosen else self._recalls
        codes = dict.fromkeys(code for each in known for code in each.document.countries)
        said = self._typed("country")
        return sorted(codes, key=lambda code: code != said)

    def _add_which(self) -> None:
        """Which product, and in which country, as far as that is open."""
        language = get_language() or "en"
        if self._subject is None:
            if self._recalls:
                options = [(each.slug, headline_of(each)) for each in self._recalls]
                self.fields["which"] = choice_field(WHICH, [("", str(LEFT_OPEN)), *options])
            return
        products = self._subject.products
        if len(products) > 1:
            models = [(each.key, each.model) for each in products]
            self.fields["product"] = choice_field(WHICH, [("", str(LEFT_OPEN)), *models])
        codes = self._subject.document.countries
        if len(codes) > 1:
            locale = wording.locale_of(language)
            named = [(code, wording.country_name(code, locale)) for code in codes]
            self.fields["country"] = choice_field(
                gettext("In which country was it?"), [("", str(LEFT_OPEN)), *named]
            )

    def _add_person(self, place: int) -> None:
        care, age, harm = (row_field(Row.PERSON, place, name) for name in FIELDS[Row.PERSON])
        cares = [(each.value, str(each.label)) for each in Care if each is not Care.UNKNOWN]
        self.fields[care] = choice_field(
            gettext("What care did they have?"), [("", str(LEFT_OPEN)), *cares]
        )
        self.fields[age] = text_field(
            gettext("Age, if you like"),
            attributes={"maxlength": str(LONGEST_AGE), "inputmode": "numeric"},
        )
        self.fields[harm] = text_field(
            gettext("How were they hurt?"), attributes={"maxlength": str(LONGEST_LINE)}
        )

    def _add_thing(self, place: int) -> None:
        what, amount, currency = (row_field(Row.THING, place, name) for name in FIELDS[Row.THING])
        self.fields[what] = text_field(
            gettext("What was damaged?"), attributes={"maxlength": str(LONGEST_LINE)}
        )
        self.fields[amount] = text_field(
            gettext("What does it cost, about?"),
            attributes={"maxlength": "40", "inputmode": "decimal"},
        )
        choices = currency_choices(self._countries, get_language() or "en")
        self.fields[currency] = choice_field(gettext("Currency"), choices)

    def _add_contact(self) -> None:
        self.fields["contact"] = text_field(
            gettext("E-mail or phone, if we may get in touch"),
            hint=gettext("Without it your report counts just the same, but we cannot ask or help."),
            autocomplete="email",
            attributes={**CONTACT, "maxlength": "254"},
        )
        self.fields["name"] = text_field(
            gettext("Your name, if you like"),
            autocomplete="name",
            attributes={"maxlength": str(LONGEST_NAME)},
        )

    @property
    def people(self) -> list[RowShown]:
        """The fields of each person."""
        return self._rows(Row.PERSON)

    @property
    def things(self) -> list[RowShown]:
        """The fields of each thing."""
        return self._rows(Row.THING)

    @property
    def can_add(self) -> dict[str, bool]:
        """Whether there may be one more row, by the kind of row."""
        return {row.value: count < MOST_ROWS for row, count in self.counts.items()}

    @property
    def unit(self) -> list[BoundField]:
        """The fields of the unit."""
        return [
            self[name] for name in ("which", "product", "country", "serial") if name in self.fields
        ]

    @property
    def contacts(self) -> list[BoundField]:
        """The fields of who tells; none where that is known."""
        return [self["contact"], self["name"]] if self.asks_contact else []

    def _rows(self, row: Row) -> list[RowShown]:
        return [
            RowShown(place + 1, tuple(self[row_field(row, place, name)] for name in FIELDS[row]))
            for place in range(self.counts[row])
        ]

    def read(self) -> Read:
        """What was told. A recall of one product, or of one country, says which by itself."""
        live = self.chosen
        products = list(live.document.product_by_key) if live else []
        countries = live.document.countries if live else ()

        def typed(name: str) -> str:
            if name == "product" and len(products) == 1:
                return products[0]
            if name == "country" and len(countries) == 1:
                return countries[0]
            return self._typed(name)

        latest = (clock.now() + LATEST_ZONE).date()
        return read_form(typed, today=latest, products=products, countries=countries)


def with_one_more(sent: QueryDict, row: Row) -> QueryDict:
    """What was sent, with one more row of a kind."""
    more = sent.copy()
    for name, count in one_more(lambda name: str(sent.get(name, "")), row).items():
        more[name] = count
    return more
