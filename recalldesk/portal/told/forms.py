"""What the page of a notice may ask after a click has counted: who has it now, and which claim."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from recalldesk.outreach.answering.errors import AnswerFault
from recalldesk.portal.claiming.following_forms import CONTACT, PRINTED
from recalldesk.portal.claiming.forms import ClaimForm, text_field

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class NextOwnerForm(ClaimForm):
    """Who has a unit now."""

    next_name = text_field(
        gettext_lazy("Their name, if you like"),
        hint=gettext_lazy("It helps only us: the notice to them does not say who named them."),
        attributes={"maxlength": "120"},
    )
    next_contact = text_field(
        gettext_lazy("Their e-mail or phone"),
        attributes={**CONTACT, "maxlength": "254"},
    )

    def say(self, fault: AnswerFault) -> None:
        """Puts what is wrong beside its field."""
        self.full_clean()
        name = "next_name" if fault is AnswerFault.TOO_LONG else "next_contact"
        self.add_error(name, str(FAULT_WORDS[fault]))


class ReferenceForm(ClaimForm):
    """The claim that was made already."""

    reference = text_field(
        gettext_lazy("Reference of your claim"),
        hint=gettext_lazy("It looks like R-2345-ACDE and stands in every message from us."),
        attributes={**PRINTED, "maxlength": "40"},
    )
    contact = text_field(
        gettext_lazy("E-mail or phone of that claim"),
        hint=gettext_lazy("Leave it empty if it is the one where this notice reached you."),
        attributes={**CONTACT, "maxlength": "254"},
    )


FAULT_WORDS: "Mapping[AnswerFault, _StrPromise]" = {
    AnswerFault.NOT_SO_MANY: gettext_lazy("Write how many of yours it is, as a number."),
    AnswerFault.NO_CONTACT: gettext_lazy(
        "Give an e-mail address or a phone number: a name alone reaches nobody."
    ),
    AnswerFault.NOT_A_CONTACT: gettext_lazy(
        "This is neither an e-mail address nor a phone number. Look at it again."
    ),
    AnswerFault.TOO_LONG: gettext_lazy("This is too long. Write it shorter."),
    AnswerFault.TOO_MANY_OWNERS: gettext_lazy(
        "You named as many people as one notice takes. Call us, and we tell the others."
    ),
    AnswerFault.TAKEN_BACK: gettext_lazy("You took this back. Press your answer again first."),
}
