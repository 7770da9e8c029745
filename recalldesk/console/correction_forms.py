"""The forms by which what others corrected is entered, or brought in as a file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.naming import ListedUnit
from recalldesk.remedies.corrections.rows import (
    LONGEST_ORDER,
    LONGEST_REFERENCE,
    LONGEST_SERIAL,
    LONGEST_SHOP,
    Row,
    Usual,
    row_of,
)
from recalldesk.remedies.corrections.states import Level, Measure, RowReason

UNSAID = [("", "as each row says")]
FIELD_OF = {
    RowReason.NO_LEVEL: "level",
    RowReason.NO_MEASURE: "measure",
    RowReason.NO_CORRECTION: "measure",
    RowReason.NO_UNITS: "units",
    RowReason.SERIAL_TWICE: "units",
    RowReason.NO_DAY: "day",
    RowReason.NO_SHOP: "shop",
    RowReason.NOT_IN_RECALL: "serial",
    RowReason.NEITHER: "units",
}
"""Beside which field a reason stands."""
SAID = {
    RowReason.NO_CORRECTION: "This is no correction at that level. A consumer's unit is corrected "
    "when it is refunded, replaced or repaired; getting rid of it is counted with its claim.",
    RowReason.NO_UNITS: "Write a whole number from 1 on.",
    RowReason.SERIAL_TWICE: "A serial is of one unit: leave the number empty, or leave out the "
    "serial.",
    RowReason.NO_DAY: "Write the day on which it was done, not in the future.",
    RowReason.NOT_IN_RECALL: "That serial is not found in this recall: read it once more.",
    RowReason.NEITHER: "Write the serial, or how many units.",
}


class ReportForm(forms.Form):
    """One report: of a unit by its serial, or of so many units."""

    recall = forms.ChoiceField(label="Recall")
    level = forms.ChoiceField(
        label="Who had the units when the recall began", choices=Level.choices
    )
    measure = forms.ChoiceField(label="What was done", choices=Measure.choices)
    serial = forms.CharField(
        label="Serial, where it is known", required=False, max_length=LONGEST_SERIAL
    )
    units = forms.CharField(
        label="Or how many units", required=False, max_length=12, help_text="Without a serial."
    )
    day = forms.DateField(
        label="Done on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    shop = forms.CharField(
        label="By whom",
        max_length=LONGEST_SHOP,
        help_text="The shop or firm that reports it; no person’s name.",
    )
    reference = forms.CharField(
        label="Their number of it",
        required=False,
        max_length=LONGEST_REFERENCE,
        help_text="A credit note or delivery, where there is one.",
    )
    order = forms.CharField(
        label="Number of the order",
        required=False,
        max_length=LONGEST_ORDER,
        help_text="Where the shop says it: its buyer is then reminded no more. It is kept so that "
        "the order is found again and nobody reads it.",
    )
    note = forms.CharField(
        label="From where you know it",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Stands sealed in the log.",
    )

    def __init__(self, slugs: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recall"] = forms.ChoiceField(
            label="Recall", choices=[(slug, slug) for slug in slugs]
        )

    def row(self, find: Callable[[str], ListedUnit | None], today: date) -> Row | None:
        """The report; None, with the reason beside its field, where it cannot be taken."""
        given = self.cleaned_data
        said = {
            name: str(given[name]).strip()
            for name in ("level", "measure", "serial", "units", "shop", "reference", "order")
        }
        outcome = row_of(said | {"day": given["day"].isoformat()}, Usual(), today=today, find=find)
        if isinstance(outcome, Row):
            return outcome
        words = SAID.get(outcome, f"It {outcome.label}.")
        self.add_error(FIELD_OF.get(outcome), ValidationError(words))
        return None


class FileForm(forms.Form):
    """What holds for the rows of a file that do not say it themselves."""

    recall = forms.ChoiceField(label="Recall")
    level = forms.ChoiceField(label="Level", choices=[*UNSAID, *Level.choices], required=False)
    measure = forms.ChoiceField(
        label="What was done", choices=[*UNSAID, *Measure.choices], required=False
    )
    day = forms.DateField(
        label="Done on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shop = forms.CharField(label="By whom", required=False, max_length=LONGEST_SHOP)
    sheet = forms.CharField(
        label="Of a workbook with several sheets: which", required=False, max_length=60
    )

    def __init__(self, slugs: list[str], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "file_%s")
        super().__init__(*args, **kwargs)
        self.fields["recall"] = forms.ChoiceField(
            label="Recall", choices=[(slug, slug) for slug in slugs]
        )

    @property
    def usual(self) -> Usual:
        """What holds where a row does not say it."""
        given = self.cleaned_data
        return Usual(
            level=Level(given["level"]) if given["level"] else None,
            measure=Measure(given["measure"]) if given["measure"] else None,
            happened_on=given["day"],
            reported_by=given["shop"].strip(),
        )


def recall_of(slug: str) -> Recall:
    """The recall of a form that was found sound."""
    return Recall.objects.get(slug=slug)
