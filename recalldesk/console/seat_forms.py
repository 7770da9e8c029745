"""The forms of seats, questions and answers. What must hold is judged by the actions."""

from typing import Any

from django import forms

from recalldesk.inquiries.giving import LONGEST_AUTHORITY
from recalldesk.inquiries.wording import LONGEST_ADDRESS, LONGEST_SUBJECT, LONGEST_TEXT

LINE = {"autocomplete": "off"}
DAY = {"type": "date"}


def _day(label: str, hint: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
    )


class _Form(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class QuestionForm(_Form):
    """What an authority asks."""

    subject = forms.CharField(
        label="What it is about", max_length=LONGEST_SUBJECT, widget=forms.TextInput(LINE)
    )
    about = forms.CharField(
        label="Address of the page, figure or report",
        required=False,
        max_length=LONGEST_ADDRESS + 200,
        widget=forms.TextInput(LINE),
        help_text="Where you mean one: copy it from the address bar.",
    )
    text = forms.CharField(
        label="Your question", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6})
    )
    wanted_by = _day("Answer wanted by", "Leave it empty where there is no day.")


class AnswerForm(_Form):
    """What the firm answers."""

    text = forms.CharField(
        label="The answer", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8})
    )


class PromiseForm(_Form):
    """By when the firm answers."""

    day = _day("We answer by", required=True)


class SeatForm(_Form):
    """Whom a seat is given, and at which recall."""

    email = forms.CharField(label="E-mail address", max_length=254, widget=forms.EmailInput(LINE))
    name = forms.CharField(
        label="Name",
        required=False,
        max_length=120,
        widget=forms.TextInput(LINE),
        help_text="For somebody who is not at the desk yet: they are invited.",
    )
    authority = forms.CharField(
        label="Authority",
        max_length=LONGEST_AUTHORITY,
        widget=forms.TextInput(LINE),
        help_text="People of one authority read each other’s questions: write it always alike.",
    )
    recall = forms.ChoiceField(label="Recall")
    begins_on = _day("From", "Today, where it is empty.")
    until = _day("Until, that day included", "Until somebody ends it, where it is empty.")

    def __init__(self, *args: Any, recalls: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recall"].choices = [(each, each) for each in recalls]  # type: ignore[attr-defined]  # of a ChoiceField
