"""The forms of whoever follows a claim, comes back to one, or tells of danger."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy

from recalldesk.claims.reads import SeenUnit
from recalldesk.claims.states import ClaimState
from recalldesk.portal.claiming.forms import ClaimForm, choice_field, text_field
from recalldesk.recalls import wording
from recalldesk.recalls.reads import LiveRecall

CONTACT = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
WHICH = gettext_lazy("Which product is it, if you know?")
PRINTED = {"autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}


class ComeBackForm(ClaimForm):
    """What the owner knows of a claim."""

    reference = text_field(
        gettext_lazy("Reference"),
        hint=gettext_lazy("It looks like R-2345-ACDE and stands in every message from us."),
        attributes={**PRINTED, "maxlength": "40"},
    )
    contact = text_field(
        gettext_lazy("E-mail or phone"),
        hint=gettext_lazy("The one that you gave in the claim."),
        autocomplete="email",
        attributes={**CONTACT, "maxlength": "254"},
    )


class MessageForm(ClaimForm):
    """A message to the desk. Where several of the `units` wait for their owner, it asks of which of
    them it is.
    """

    unit = choice_field("", [])
    message = text_field(gettext_lazy("Write to the desk"), area=True)

    def __init__(self, *, units: Sequence[SeenUnit], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._positions = {str(unit.position): unit.position for unit in units}
        asked = [unit for unit in units if unit.state is ClaimState.NEEDS_OWNER]
        if len(asked) < 2:
            del self.fields["unit"]
            return
        choices = [("", gettext("All that wait for me"))]
        choices += [(str(unit.position), _named(unit)) for unit in asked]
        self.fields["unit"] = choice_field(gettext("Of which unit?"), choices)

    @property
    def position(self) -> int | None:
        """The place of the unit that was chosen, also of one that waits no more; else None."""
        return self._positions.get(str(self.data.get("unit", "")))


class AppealForm(ClaimForm):
    """Why somebody else should look again."""

    message = text_field(
        gettext_lazy("Why should we look at it again?"),
        hint=gettext_lazy("A sentence is enough. Photos can be added on the next page."),
        area=True,
    )


class CodeForm(ClaimForm):
    """The code that was mailed a moment ago."""

    code = text_field(
        gettext_lazy("Code of six digits"),
        autocomplete="one-time-code",
        attributes={"inputmode": "numeric", "maxlength": "12", "dir": "ltr"},
    )

    def say_not_good(self) -> None:
        """Says beside the field that this is not the code, and how to go on."""
        self.full_clean()
        self.add_error("code", gettext("This is not the code, or it is too old. Look again."))


class TellForm(ClaimForm):
    """How to reach whoever told of danger, and what happened. `recalls`: one may be chosen."""

    contact = text_field(
        gettext_lazy("E-mail or phone"),
        hint=gettext_lazy("This is all that we need. A person gets in touch with you."),
        autocomplete="email",
        attributes={**CONTACT, "maxlength": "254"},
    )
    name = text_field(
        gettext_lazy("Your name, if you like"),
        autocomplete="name",
        attributes={"maxlength": "120"},
    )
    product = choice_field(WHICH, [])
    serial = text_field(
        gettext_lazy("Serial number, if you know it"),
        hint=gettext_lazy("From a photo, the box or your account. Do not go near it to look."),
        attributes={**PRINTED, "maxlength": "200"},
    )
    account = text_field(
        gettext_lazy("What happened, if you like"),
        hint=gettext_lazy("Was anyone hurt? Was anything damaged?"),
        area=True,
    )

    def __init__(self, *, recalls: Sequence[LiveRecall], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not recalls:
            del self.fields["product"]
            return
        choices = [("", gettext("I do not know"))]
        choices += [(each.slug, headline_of(each)) for each in recalls]
        self.fields["product"] = choice_field(WHICH, choices)


def _named(unit: SeenUnit) -> str:
    named = gettext("Unit %(place)s") % {"place": unit.position}
    return f"{named} · {unit.serial}" if unit.serial else named


def headline_of(live: LiveRecall) -> str:
    """What a recall is called, in the language at hand."""
    text, used = wording.in_language(live.document.texts.headline, get_language() or "en")
    return wording.fill(text, live.document, used)
