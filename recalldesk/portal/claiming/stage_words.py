"""What the stages of a claim are called on its page.

Guarantee: there are words for every stage (a test compares them), and none says that a product is
harmless.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from recalldesk.audit.states import Reason
from recalldesk.claims.states import ClaimState


class StageWords(NamedTuple):
    """`passed` names the stage on its dated line; `headline` and `means` are said while it lasts;
    `then` names what is promised next, and is None where nothing follows."""

    passed: Promise
    headline: Promise
    means: Promise
    then: Promise | None = None


_NOTHING = gettext_lazy("You need not do anything now.")
_DECISION = gettext_lazy("Decision")
_REMEDY = gettext_lazy("Your remedy is sent")
STAGES: Mapping[ClaimState, StageWords] = {
    ClaimState.DRAFT: StageWords(
        gettext_lazy("Claim begun"),
        gettext_lazy("Your claim is not sent yet"),
        gettext_lazy("We keep what you filled in for 30 days."),
    ),
    ClaimState.SUBMITTED: StageWords(
        gettext_lazy("Claim received"), gettext_lazy("We have your claim"), _NOTHING, _DECISION
    ),
    ClaimState.CHECKING: StageWords(
        gettext_lazy("Check of your photos"),
        gettext_lazy("Your photos are being checked"),
        _NOTHING,
        _DECISION,
    ),
    ClaimState.IN_REVIEW: StageWords(
        gettext_lazy("Review by a person"),
        gettext_lazy("A person is looking at your claim"),
        _NOTHING,
        _DECISION,
    ),
    ClaimState.NEEDS_OWNER: StageWords(
        gettext_lazy("We asked you for something"),
        gettext_lazy("We need one more thing from you"),
        gettext_lazy("What it is stands in our message below."),
        _DECISION,
    ),
    ClaimState.APPROVED: StageWords(
        gettext_lazy("Approved"), gettext_lazy("Your claim is approved"), _NOTHING, _REMEDY
    ),
    ClaimState.REMEDY_ORDERED: StageWords(
        gettext_lazy("Remedy ordered"),
        gettext_lazy("Your remedy is being prepared"),
        _NOTHING,
        _REMEDY,
    ),
    ClaimState.REMEDY_SENT: StageWords(
        gettext_lazy("Remedy sent"),
        gettext_lazy("Your remedy is on its way"),
        gettext_lazy("It did not come by that day? Then write to us here, or call."),
        gettext_lazy("Your remedy is with you"),
    ),
    ClaimState.SETTLED: StageWords(
        gettext_lazy("Remedy delivered"),
        gettext_lazy("Your remedy has arrived"),
        gettext_lazy("Thank you for your help. Something is not right? Write to us here, or call."),
    ),
    ClaimState.DECLINED: StageWords(
        gettext_lazy("Not approved"),
        gettext_lazy("We cannot approve your claim"),
        gettext_lazy(
            "A person decided so. You can ask another person to look at it again; that costs "
            "nothing."
        ),
    ),
    ClaimState.WITHDRAWN: StageWords(
        gettext_lazy("Withdrawn by you"),
        gettext_lazy("You have withdrawn your claim"),
        gettext_lazy("The product stays dangerous: please do not use it."),
    ),
    ClaimState.DUPLICATE: StageWords(
        gettext_lazy("Claimed by you before"),
        gettext_lazy("You have claimed this unit before"),
        gettext_lazy("Your earlier claim goes on; nothing is lost. You need not do anything."),
    ),
}
PHOTO_ASKED = StageWords(
    gettext_lazy("We asked you for one more photo"),
    gettext_lazy("We need one more photo from you"),
    gettext_lazy(
        "One that you sent does not show us what we need: why, and what to do, stands beside it "
        "below. You cannot take another? Write that to us, and a person goes on with you."
    ),
    _DECISION,
)
"""A claim that waits for its owner because a photo is of no use, or shows not what was written."""
_MENDED = gettext_lazy("We send your remedy again")
MENDS: Mapping[str, StageWords] = {
    Reason.CAME_BACK: StageWords(
        gettext_lazy("Your parcel came back"),
        gettext_lazy("Your parcel came back to us"),
        gettext_lazy("Please look at your address. Once it is right, we send it again."),
        _MENDED,
    ),
    Reason.ADDRESS_REFUSED: StageWords(
        gettext_lazy("The carrier did not find your address"),
        gettext_lazy("The carrier does not find your address"),
        gettext_lazy("Please look at it. Once it is right, we send your remedy."),
        _MENDED,
    ),
    Reason.PAYEE_REFUSED: StageWords(
        gettext_lazy("The bank could not pay"),
        gettext_lazy("The bank could not pay to your account"),
        gettext_lazy("Please look at the account. Once it is right, we pay again."),
        _MENDED,
    ),
    Reason.NOT_REACHED: StageWords(
        gettext_lazy("Your gift card came back"),
        gettext_lazy("We could not reach your e-mail address"),
        gettext_lazy("Please write the right one into a message below, or call: we send it again."),
        _MENDED,
    ),
}
"""A claim that was approved and waits for its owner, because the remedy could not be delivered."""
CODE_READY = StageWords(
    gettext_lazy("Gift card code ready"),
    gettext_lazy("Your gift card code is ready"),
    gettext_lazy("Before you see it we make sure that it is you, by a code of six digits."),
)
"""A claim whose owner has not looked at the gift code yet: nothing is on its way."""
CODE_SHOWN = StageWords(
    gettext_lazy("Gift card code shown"),
    gettext_lazy("Your claim is settled"),
    STAGES[ClaimState.SETTLED].means,
)
"""A claim whose gift code was shown to its owner, who can see it again."""
CODED: Mapping[ClaimState, StageWords] = {
    ClaimState.REMEDY_SENT: CODE_READY,
    ClaimState.SETTLED: CODE_SHOWN,
}
DISPOSAL_FIRST = StageWords(
    STAGES[ClaimState.APPROVED].passed,
    gettext_lazy("Your claim is approved. Get rid of the product first"),
    gettext_lazy(
        "Tell us below once you have. No place near you takes it? Tell us that instead, and your "
        "remedy is sent as well."
    ),
    _REMEDY,
)
"""A claim whose remedy waits until its owner got rid of the unit, or says that nobody takes it."""
REASONS: Mapping[str, Promise] = {
    **{reason: words.passed for reason, words in MENDS.items()},
    Reason.PHOTO_ASKED: PHOTO_ASKED.passed,
    Reason.OWNER_ANSWERED: gettext_lazy("You sent what we asked for"),
    Reason.APPEALED: gettext_lazy("You asked for another person"),
    Reason.DANGER: gettext_lazy("A person takes over at once"),
}
"""Where the reason says more to the owner than the stage."""
