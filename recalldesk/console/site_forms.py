"""The forms by which sites are entered, changed and brought in."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recalldesk.disposal.importing.run import LONGEST_SOURCE, Asked
from recalldesk.disposal.importing.site_rows import LONGEST, Usual, position_of
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import LineReason, SiteKind, Takes

UNKNOWN, YES, NO = "", "yes", "no"
RESIDENTS = [(UNKNOWN, "not known"), (YES, "yes"), (NO, "no")]
SAID = {True: YES, False: NO, None: UNKNOWN}
OF_PLACE = ("latitude", "longitude")
OF_TEXT = ("name", "address", "city", "region", "postal_code", "phone", "hours")


def _text(label: str, name: str, *, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONGEST[name], help_text=hint)


class SiteForm(forms.Form):
    """What a person writes of a site."""

    name = _text("Name", "name", required=True)
    kind = forms.ChoiceField(label="What it is", choices=SiteKind.choices)
    address = _text("Street and number", "address")
    city = _text("Town", "city")
    region = _text("State or province", "region")
    postal_code = _text("Postal code", "postal_code")
    phone = _text("Phone", "phone", hint="At which the public calls; no person’s own number.")
    hours = _text("Hours", "hours")
    residents_only = forms.ChoiceField(
        label="For residents only", choices=RESIDENTS, required=False
    )

    latitude = forms.CharField(
        label="Latitude", required=False, max_length=20, help_text="Else the postal code’s place."
    )
    longitude = forms.CharField(label="Longitude", required=False, max_length=20)

    @classmethod
    def of(cls, site: CollectionSite, sent: Mapping[str, Any] | None = None) -> "SiteForm":
        """The form as the site is. Its position stands there where it is the site's own."""
        initial = {name: getattr(site, name) for name in (*OF_TEXT, "kind")}
        if site.is_place_exact:
            initial |= {name: str(getattr(site, name)) for name in OF_PLACE}
        return cls(sent, initial=initial | {"residents_only": SAID[site.residents_only]})

    def clean(self) -> dict[str, Any]:
        """Refuses a position that cannot be so."""
        given = super().clean() or {}
        if any(given.get(name) for name in OF_PLACE):
            position = position_of(given.get("latitude", ""), given.get("longitude", ""), None)
            if isinstance(position, LineReason):
                self.add_error(None, f"The site {position.label}.")
            else:
                self._position = position
        return given

    @property
    def values(self) -> dict[str, object]:
        """By the names of the site's fields; a position only where another was written."""
        given = self.cleaned_data
        texts = {name: " ".join(given[name].split()) for name in OF_TEXT}
        residents = {YES: True, NO: False}.get(given["residents_only"])
        values = {**texts, "kind": SiteKind(given["kind"]), "residents_only": residents}
        is_moved = any(name in self.changed_data for name in OF_PLACE)
        return values | (getattr(self, "_position", {}) if is_moved else {})


class NewSiteForm(SiteForm):
    """A site that no list names."""

    country = forms.CharField(label="Country", max_length=2, help_text="Two letters: US.")
    takes = forms.ChoiceField(
        label="Do they take recalled units?",
        choices=[("", "nobody asked yet"), *((each.value, each.label) for each in Takes)],
        required=False,
        help_text="What is chosen counts as asked today, by you.",
    )

    @property
    def said(self) -> dict[str, str]:
        """As a line of a list says it."""
        given = self.cleaned_data
        said = {name: str(value) for name, value in given.items()}
        if not said["takes"]:
            del said["takes"]
        return said | {"kind": str(given["kind"]).replace("_", " ")}


class SiteFileForm(forms.Form):
    """How a file of sites is taken in."""

    source = forms.CharField(
        label="Which list it is of",
        required=False,
        max_length=LONGEST_SOURCE,
        help_text="A later file of the same list changes its sites. One list? Leave it empty.",
    )
    country = forms.CharField(
        label="Country, where a line names none",
        required=False,
        max_length=2,
        help_text="Two letters: US.",
    )
    sheet = forms.CharField(
        label="Of a workbook with several sheets: which", required=False, max_length=60
    )
    closes_missing = forms.BooleanField(
        label="Close the sites of this list that the file does not name", required=False
    )
    before_desk = forms.BooleanField(
        label="The file goes before what the desk changed", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "file_%s")
        super().__init__(*args, **kwargs)

    def asked(self, *, only_look: bool) -> Asked:
        """What the importer is asked for."""
        given = self.cleaned_data
        return Asked(
            source=given["source"].strip(),
            usual=Usual(country=given["country"].strip()),
            sheet=given["sheet"].strip() or None,
            closes_missing=given["closes_missing"],
            before_desk=given["before_desk"],
            only_look=only_look,
        )
