"""What a stage means to an owner, in letters by mail and on paper.

Guarantee: the words name no person, no serial, no address and no code.
"""

from django.utils.translation import gettext

from recalldesk.audit.states import Reason
from recalldesk.claims.states import ClaimState


def stage_words(state: str) -> str:
    """What a stage means to the owner, in the language at hand; empty where no letter goes out."""
    return {
        ClaimState.NEEDS_OWNER: gettext("We need one more thing from you to decide."),
        ClaimState.APPROVED: gettext(
            "Your claim is approved. We write again when your remedy is on its way."
        ),
        ClaimState.REMEDY_SENT: gettext("Your remedy was sent."),
        ClaimState.SETTLED: gettext("Your claim is settled. Thank you for your help."),
        ClaimState.DECLINED: gettext(
            "We cannot approve your claim. The reason stands on its page, and you can ask another "
            "person to look at it again."
        ),
        ClaimState.WITHDRAWN: gettext(
            "You have withdrawn your claim. Please do not use the product: it stays dangerous."
        ),
    }.get(ClaimState(state), "")


def asked_words(reason: str) -> str:
    """What an owner who has no page is asked for, by why the claim waits; empty where the desk
    asked for it in its own words."""
    return {
        Reason.PHOTO_ASKED: gettext(
            "A photo that you sent does not show us what we need. That can happen; nothing is lost."
        ),
        Reason.CAME_BACK: gettext(
            "Your parcel came back to us. Please call or write to us with your right address: then "
            "we send it again."
        ),
        Reason.ADDRESS_REFUSED: gettext(
            "The carrier does not find your address. Please call or write to us with the right "
            "one: then we send your remedy."
        ),
        Reason.PAYEE_REFUSED: gettext(
            "The bank could not pay to the account that you gave. Please call or write to us with "
            "the right one: then we pay again."
        ),
        Reason.NOT_REACHED: gettext(
            "What we sent to your e-mail address came back. Please call or write to us with the "
            "right one: then we send it again."
        ),
    }.get(Reason(reason) if reason else Reason.BY_PERSON, "")


def code_words(state: str) -> str:
    """The same of a claim whose remedy is a gift code, which waits on the claim's page."""
    return {
        ClaimState.REMEDY_SENT: gettext(
            "Your gift card code is ready. It stands on the page of your claim, and in no letter: "
            "before you see it we send you a code of six digits."
        ),
        ClaimState.SETTLED: gettext(
            "Your gift card code was shown on the page of your claim, which is settled. You can "
            "see it there again. This was not you? Then please write to us at once."
        ),
    }.get(ClaimState(state), stage_words(state))


def promise_words(state: str, day: str) -> str:
    """What is promised next at a stage, with its day in words, as the claim's page says it."""
    said = {
        ClaimState.APPROVED: gettext("It is sent by %(day)s."),
        ClaimState.REMEDY_ORDERED: gettext("It is sent by %(day)s."),
        ClaimState.REMEDY_SENT: gettext("It comes by %(day)s."),
    }.get(ClaimState(state), gettext("You hear from us by %(day)s."))
    return said % {"day": day}
