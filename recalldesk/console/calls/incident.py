"""What a caller tells of an incident, typed by staff: the same questions as on the owners' page.

Guarantee: they are read by the same rules, and whatever is refused, all that was typed stays.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from recalldesk.console.calls.form import LINE, DeskForm, choice, line
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
    read_form,
    row_field,
    rows_in,
)
from recalldesk.incidents.states import Care, Happened, HasUnit

ANSWERS = ((YES, "Yes"), (NO, "No"))
LATEST_ZONE = timedelta(hours=14)
NOT_SAID = "not said"


@dataclass(frozen=True)
class RowTyped:
    """The fields of a person or a thing. `number`: from 1."""

    number: int
    fields: tuple[BoundField, ...]


class StoryForm(DeskForm):
    """What happened, to whom and what; beside the fields of the call, which name the unit."""

    happened = choice("What happened", Happened.choices, none=NOT_SAID)
    happened_on = forms.CharField(
        label="On which day",
        help_text="Empty: not known.",
        required=False,
        widget=forms.DateInput({"type": "date", **LINE}),
    )
    is_about = forms.BooleanField(label="About then", required=False)
    has_unit = choice("Do they still have it", HasUnit.choices, none=NOT_SAID)
    anyone_hurt = choice("Anyone hurt", ANSWERS, none=NOT_SAID)
    anything_damaged = choice("Anything damaged", ANSWERS, none=NOT_SAID)
    no_contact = forms.BooleanField(label="They give no way to be reached", required=False)

    def __init__(self, *, country: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._country = country
        self.counts = {row: rows_in(self._typed, row) for row in Row}
        for row in Row:
            for place in range(self.counts[row]):
                self._add(row, place)

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "") if self.is_bound else "").strip()

    def _add(self, row: Row, place: int) -> None:
        names = [row_field(row, place, name) for name in FIELDS[row]]
        if row is Row.PERSON:
            fields: tuple[forms.Field, ...] = (
                choice("Care", [each for each in Care.choices if each[0]], none=NOT_SAID),
                line("Age", most=LONGEST_AGE),
                line("How hurt", most=LONGEST_LINE),
            )
        else:
            fields = (
                line("What", most=LONGEST_LINE),
                line("Amount, about", most=LONGEST_AGE, inputmode="decimal"),
                choice("Currency", currency_choices([self._country], "en")),
            )
        self.fields |= dict(zip(names, fields, strict=True))

    @property
    def event(self) -> list[BoundField]:
        """The fields of what happened."""
        return [self[name] for name in ("happened", "happened_on", "has_unit")]

    @property
    def people(self) -> list[RowTyped]:
        """The fields of each person."""
        return self._rows(Row.PERSON)

    @property
    def things(self) -> list[RowTyped]:
        """The fields of each thing."""
        return self._rows(Row.THING)

    @property
    def can_add(self) -> dict[str, bool]:
        """Whether there may be one more row, by the kind of row."""
        return {row.value: count < MOST_ROWS for row, count in self.counts.items()}

    def _rows(self, row: Row) -> list[RowTyped]:
        return [
            RowTyped(place + 1, tuple(self[row_field(row, place, name)] for name in FIELDS[row]))
            for place in range(self.counts[row])
        ]

    def read(self, *, account: str, serial: str, product: str) -> Read:
        """What was told; the rest of it stands in the fields of the call."""
        call = {"account": account, "serial": serial, "product": product, "country": self._country}
        return read_form(
            lambda name: call[name] if name in call else self._typed(name),
            today=(clock.now() + LATEST_ZONE).date(),
            products=[product],
            countries=[self._country],
        )
