"""The forms of a wave: what it is for, who, by what, when and how fast; its words.
What holds between fields is judged by the actions, in the same words as for a command."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms

from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.wave_words import WAYS
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.recalls.document import Document

LINE = {"autocomplete": "off"}
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LONGEST_NAME, LONGEST_SUBJECT, LONGEST_BODY = 120, 200, 20_000
MOST_A_MINUTE, LONGEST_SILENCE = 100_000, 365
KINDS_SAY = {
    WaveKind.FIRST: "First notice: to every contact of everybody who was not told yet.",
    WaveKind.REMINDER: "Reminder: to contacts that were told and are not answered for yet.",
    WaveKind.GROWN: "The recall grew: to those who asked to be told, and those now covered.",
}
IN_PARTS = {Way.SMS: ", all its parts"}
"""A text message may go, and be paid for, in several."""
STRENGTHS_SAY = {
    Strength.STRONG: "Those who bought an affected unit (strong matches)",
    Strength.WEAK: "Those who may have bought one (weak matches): its words must say so",
}


class NewWaveForm(forms.Form):
    """What a wave is called, and what it is for."""

    use_required_attribute = False
    name = forms.CharField(
        label="Name, for the desk",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(LINE),
        help_text="As “First notice, United States”. No recipient sees it.",
    )
    kind = forms.ChoiceField(
        label="What it is for", choices=list(KINDS_SAY.items()), widget=forms.RadioSelect
    )


class WaveForm(NewWaveForm):
    """All of a wave but its words."""

    countries = forms.MultipleChoiceField(
        label="Countries", required=False, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label="Channels",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, words) for each, words in CHANNELS.items()],
    )
    products = forms.MultipleChoiceField(
        label="Products (the risk group)", required=False, widget=forms.CheckboxSelectMultiple
    )
    ordered_from = forms.DateField(label="Ordered from", required=False, widget=DAY)
    ordered_until = forms.DateField(label="Ordered until", required=False, widget=DAY)
    strength = forms.ChoiceField(
        label="How sure", choices=list(STRENGTHS_SAY.items()), widget=forms.RadioSelect
    )
    silent_days = forms.IntegerField(
        label="Days of silence before a reminder",
        required=False,
        min_value=0,
        max_value=LONGEST_SILENCE,
        help_text="A reminder goes to contacts that were told so many days ago or more.",
    )
    ways = forms.MultipleChoiceField(
        label="Ways",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, words.capitalize()) for each, words in WAYS.items()],
    )
    currency = forms.CharField(
        label="Currency", required=False, max_length=3, help_text="Three letters, as USD."
    )
    starts_at = forms.DateTimeField(
        label="Start (UTC)",
        required=False,
        widget=MOMENT,
        help_text="Empty: as soon as it is approved.",
    )
    per_minute = forms.IntegerField(
        label="At most in a minute", min_value=1, max_value=MOST_A_MINUTE
    )
    per_domain = forms.IntegerField(
        label="At most in a minute to one mail domain", min_value=1, max_value=MOST_A_MINUTE
    )

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["countries"], {each: each for each in document.countries})
        _offer(
            self.fields["products"],
            {each.key: f"{each.key} ({each.model})" for each in document.products},
        )
        for way, words in WAYS.items():
            self.fields[f"cost_{way.value}"] = forms.DecimalField(
                label=f"Cost of one {words}{IN_PARTS.get(way, '')}",
                required=False,
                min_value=0,
                decimal_places=4,
            )

    def ways_with_costs(self) -> list[tuple[Any, Any]]:
        """Each way's tick with the field of its cost."""
        return [
            (tick, self[f"cost_{way.value}"])
            for way, tick in zip(Way, self["ways"].subwidgets, strict=True)
        ]

    def audience(self) -> Audience:
        """Whom it is for. Raises AudienceRefused."""
        said = self.cleaned_data
        return Audience(
            countries=tuple(said["countries"]),
            channels=tuple(Channel(each) for each in said["channels"]),
            products=tuple(said["products"]),
            ordered_from=said["ordered_from"],
            ordered_until=said["ordered_until"],
            strength=Strength(said["strength"]),
        )

    def chosen_ways(self) -> tuple[Way, ...]:
        """By what it goes."""
        return tuple(Way(each) for each in self.cleaned_data["ways"])

    def costs(self) -> dict[Way, Decimal]:
        """What one notice costs, of each way for which it was said."""
        said = {way: self.cleaned_data[f"cost_{way.value}"] for way in Way}
        return {way: cost for way, cost in said.items() if cost is not None}

    def starts(self) -> datetime | None:
        """When it begins; the field is in UTC."""
        typed: datetime | None = self.cleaned_data["starts_at"]
        return typed.replace(tzinfo=UTC) if typed else None


class TextForm(forms.Form):
    """The words in one way and language."""

    use_required_attribute = False
    way = forms.ChoiceField(choices=Way.choices, widget=forms.HiddenInput)
    language = forms.CharField(max_length=12, widget=forms.HiddenInput)
    subject = forms.CharField(
        label="Subject", required=False, max_length=LONGEST_SUBJECT, widget=forms.TextInput(LINE)
    )
    body = forms.CharField(
        label="Text",
        max_length=LONGEST_BODY,
        widget=forms.Textarea({"rows": 14, "spellcheck": "true"}),
    )


def _offer(field: forms.Field, options: Mapping[str, str]) -> None:
    field.choices = list(options.items())  # type: ignore[attr-defined]


def initial_of(wave: Wave) -> dict[str, Any]:
    """What the form of a wave shows at first."""
    asked = Audience.from_stored(wave.audience)
    return {
        "name": wave.name,
        "kind": wave.kind,
        "countries": list(asked.countries),
        "channels": [each.value for each in asked.channels],
        "products": list(asked.products),
        "ordered_from": asked.ordered_from,
        "ordered_until": asked.ordered_until,
        "strength": asked.strength.value,
        "silent_days": wave.silent_days,
        "ways": list(wave.ways),
        "currency": wave.currency,
        "starts_at": wave.starts_at,
        "per_minute": wave.per_minute,
        "per_domain": wave.per_domain,
        **{f"cost_{way}": cost for way, cost in wave.costs.items()},
    }
