"""The forms by which what is done in public is entered. What is wrong stands beside its field."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.crypto import get_random_string

from recalldesk.publicity.auctions import Found
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.home_page import Link
from recalldesk.publicity.models.home_page import LONGEST_ADDRESS, LONGEST_REASON
from recalldesk.publicity.reads import HomePage, Look, Post
from recalldesk.publicity.social import Shown
from recalldesk.publicity.states import (
    Action,
    LinkPlace,
    LogForm,
    Network,
    Outcome,
    PostKind,
)

NONCE_LENGTH = 24
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
YES, NO, GONE = "yes", "no", "gone"


class EnteredForm(forms.Form):
    """A form that is kept once, however often it is sent."""

    nonce = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        fresh = {"nonce": get_random_string(NONCE_LENGTH)} | (initial or {})
        super().__init__(data, initial=fresh, **kwargs)

    def show(self, refused: PublicityRefused) -> None:
        """The refusal, beside its field."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, str(refused))


class HomePageForm(EnteredForm):
    """Whether the home page leads to the recall."""

    is_linked = forms.ChoiceField(
        label="Does the home page lead to the recall?", choices=[(YES, "Yes"), (NO, "No")]
    )
    page = forms.CharField(
        label="On which page", required=False, max_length=LONGEST_ADDRESS, help_text="https://…"
    )
    text = forms.CharField(
        label="What the link says",
        required=False,
        max_length=200,
        help_text="With “recall” and “safety”.",
    )
    place = forms.ChoiceField(label="Where", choices=LinkPlace.choices, required=False)
    since = forms.DateField(label="Since", required=False, widget=DAY)
    why_not = forms.CharField(
        label="If not, why",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @staticmethod
    def usual(known: HomePage | None, today: date) -> dict[str, Any]:
        """What stands in it at first: what was said last."""
        if known is None:
            return {"is_linked": YES, "since": today}
        return {
            "is_linked": YES if known.is_linked else NO,
            "page": known.page,
            "text": known.link_text,
            "place": known.place or LinkPlace.TOP_THIRD,
            "since": known.since or today,
            "why_not": known.why_not,
        }

    @property
    def link(self) -> Link | None:
        """The link; None where there is none. Raises PublicityRefused."""
        given = self.cleaned_data
        if given["is_linked"] == NO:
            return None
        if given["since"] is None:
            raise PublicityRefused("Since which day?", field="since")
        place = LinkPlace(given["place"] or LinkPlace.TOP_THIRD)
        return Link(given["page"], given["text"], place, given["since"])


class PostForm(EnteredForm):
    """A post."""

    network = forms.ChoiceField(label="Network", choices=Network.choices)
    address = forms.CharField(
        label="Address of the post", max_length=LONGEST_ADDRESS, help_text="https://…"
    )
    kind = forms.ChoiceField(label="What it does", choices=PostKind.choices)
    posted_at = forms.DateTimeField(label="Posted at (UTC)", widget=MOMENT)

    @property
    def moment(self) -> datetime:
        """When it was posted."""
        given: datetime = self.cleaned_data["posted_at"]
        return given.replace(tzinfo=UTC)


class ReadingForm(EnteredForm):
    """What a network shows of a post."""

    post = forms.TypedChoiceField()
    read_on = forms.DateField(label="Seen on", widget=DAY)
    reactions = forms.IntegerField(label="Reactions", required=False, min_value=0)
    comments = forms.IntegerField(label="Comments", required=False, min_value=0)
    shares = forms.IntegerField(label="Shares", required=False, min_value=0)
    views = forms.IntegerField(label="Views", required=False, min_value=0)

    def __init__(self, posts: tuple[Post, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (each.number, f"{each.number}: {each.network.label}, {each.posted_at:%d %b}")
            for each in sorted(posts, key=lambda post: post.number, reverse=True)
        ]
        self.fields["post"] = forms.TypedChoiceField(label="Post", coerce=int, choices=choices)

    @property
    def shown(self) -> Shown:
        """The figures."""
        given = self.cleaned_data
        return Shown(given["reactions"], given["comments"], given["shares"], given["views"])


class LookForm(EnteredForm):
    """A look at an auction site."""

    site = forms.CharField(
        label="Site", max_length=80, widget=forms.TextInput(attrs={"list": "sites"})
    )
    checked_on = forms.DateField(label="Looked on", widget=DAY)
    search_words = forms.CharField(label="Searched for", max_length=200)
    found = forms.ChoiceField(
        label="Was the product there?",
        choices=[
            (NO, "No"),
            (YES, "Yes"),
            (GONE, "No more: the listings of an earlier look are gone"),
        ],
    )
    follows = forms.TypedChoiceField()
    listings = forms.IntegerField(label="How many listings", required=False, min_value=0)
    action = forms.ChoiceField(label="What was done", choices=Action.choices, required=False)
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=[pair for pair in Outcome.choices if pair[0] != Outcome.NOTHING],
        required=False,
    )
    links = forms.CharField(
        label="Links to the listings",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line. Sealed, as they lead to sellers.",
    )
    note = forms.CharField(
        label="More of what was done",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sealed.",
    )

    def __init__(self, looks: tuple[Look, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [
            (each.number, f"{each.number}: {each.site}, {each.checked_on:%d %b}")
            for each in looks
            if each.is_found and not each.takes_back and not each.taken_back_by
        ]
        self.fields["follows"] = forms.TypedChoiceField(
            label="Follows up look",
            coerce=int,
            required=False,
            empty_value=None,
            choices=[("", "none"), *found],
        )

    @property
    def what_was_found(self) -> Found | None:
        """What was found; None where the product was not there. Raises PublicityRefused."""
        given = self.cleaned_data
        links = tuple(given["links"].split())
        if given["found"] != YES:
            if given["listings"] or links:
                raise PublicityRefused("Then there were listings: choose “Yes”.", field="found")
            self._refuse_what_would_be_lost()
            return None
        return Found(
            listings=given["listings"] or len(links),
            links=links,
            action=Action(given["action"] or Action.NONE),
            outcome=Outcome(given["outcome"] or Outcome.LISTED),
            note=given["note"],
        )

    def _refuse_what_would_be_lost(self) -> None:
        """A look that found nothing keeps neither what was done nor a note: what somebody wrote
        there is never dropped in silence. Raises PublicityRefused."""
        for field in ("action", "note"):
            if self.cleaned_data[field] not in ("", Action.NONE):
                raise PublicityRefused(
                    "This is kept of listings that were found. Enter it with the look that found"
                    " them, or leave it out.",
                    field=field,
                )

    @property
    def are_gone(self) -> bool:
        """Whether the listings of an earlier look are gone."""
        return bool(self.cleaned_data["found"] == GONE)


class HitsLogForm(forms.Form):
    """A proxy's log."""

    form = forms.ChoiceField(label="Form of its lines", choices=LogForm.choices)
