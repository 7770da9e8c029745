"""The forms of terms, holds and erasures before their day. What must hold is judged by actions."""

from typing import Any

from django import forms

from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.reasons import LONGEST
from recalldesk.keeping.states import Thing

LINE = {"autocomplete": "off"}
LONGEST_NAME = 120
ALL = ("", "All of them")
EVERY_RECALL = "*"
"""Nothing that is preselected: a hold on all there is is asked for by name."""


def _reason(hint: str = "It stands sealed beside the log.") -> forms.CharField:
    return forms.CharField(
        label="Why",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=hint,
    )


def _country() -> forms.CharField:
    return forms.CharField(
        label="Country",
        required=False,
        max_length=2,
        widget=forms.TextInput(LINE),
        help_text="Two letters, such as US; all of them where it is empty.",
    )


class _Form(forms.Form):
    use_required_attribute = False
    of_no_recall: tuple[tuple[str, str], ...] = (ALL,)

    def __init__(self, *args: Any, recalls: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if "recall" in self.fields:
            choices = [*self.of_no_recall, *((each, each) for each in recalls or [])]
            self.fields["recall"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField


class TermForm(_Form):
    """How long a kind is kept."""

    kind = forms.ChoiceField(label="Kind", choices=[(each, each.label) for each in bounds()])
    days = forms.IntegerField(
        label="Days",
        required=False,
        min_value=1,
        help_text="Empty takes back what was set for the same recall and country.",
    )
    recall = forms.ChoiceField(label="Recall", required=False)
    country = _country()
    reason = _reason()


class HoldForm(_Form):
    """What a hold is to name."""

    of_no_recall = (("", "None chosen"), (EVERY_RECALL, "Every recall"))
    thing = forms.ChoiceField(
        label="What is held",
        required=False,
        choices=[("", "All of a recall"), *((each, f"One {each.label.lower()}") for each in Thing)],
    )
    name = forms.CharField(
        label="Which one",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(LINE),
        help_text="A claim’s reference, an incident’s or purchaser’s number, a partner’s name. "
        "Empty for all of a recall.",
    )
    recall = forms.ChoiceField(label="Recall", required=False)
    country = _country()
    kind = forms.ChoiceField(
        label="Kind of data",
        required=False,
        choices=[ALL, *((each, each.label) for each in Kind)],
    )
    reason = _reason("Owners never see it. It stands sealed beside the log.")


class EarlyForm(_Form):
    """What is to be erased before its day."""

    thing = forms.ChoiceField(
        label="What is erased", choices=[(each, each.label) for each in Thing]
    )
    name = forms.CharField(
        label="Which one",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(LINE),
        help_text="A claim’s reference, an incident’s or purchaser’s number, a partner’s name.",
    )
    reason = _reason()


class ReasonForm(_Form):
    """Why a hold is lifted, or an erasure decided."""

    reason = _reason()
