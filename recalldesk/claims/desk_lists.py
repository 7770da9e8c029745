"""In which list of the desk a claim waits: a pure rule, the first that fits.

Guarantee: whatever waits for a person stands in exactly one list.
"""

from recalldesk.claims.states import ClaimState, DeskList

BEFORE_A_PERSON = frozenset({ClaimState.SUBMITTED, ClaimState.CHECKING, ClaimState.IN_REVIEW})


def desk_list(
    *,
    state: ClaimState,
    is_dangerous: bool = False,
    waits_for_second: bool = False,
    is_appealed: bool = False,
    is_unanswered: bool = False,
    is_led_to: bool = False,
) -> DeskList:
    """The list. `is_unanswered`: the owner sent what was asked for, or wrote, and nobody looked;
    `is_led_to`: a later claim led to it too late, and nobody looked.
    """
    if is_dangerous and state in BEFORE_A_PERSON:
        return DeskList.DANGER
    if state is ClaimState.IN_REVIEW:
        if waits_for_second:
            return DeskList.SECOND
        if is_appealed:
            return DeskList.APPEAL
        return DeskList.ANSWERED if is_unanswered else DeskList.REVIEW
    if is_unanswered:
        return DeskList.ANSWERED
    return DeskList.LED if is_led_to else DeskList.NONE
