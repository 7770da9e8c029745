"""What a person does about each kind of difference between providers and rows.

Guarantee: every kind has its words, the same as in docs/operating.md in meaning.
"""

from collections.abc import Mapping

from recalldesk.remedies.states import Differs

TO_DO: Mapping[Differs, str] = {
    Differs.MISSING: "Ask the provider whether it has the order under another name or account. "
    "Where it knows nothing, nothing reached the owner: cancel or send on what is stopped, and "
    "settle it once you know.",
    Differs.DOUBLED: "Have one of the two cancelled at the provider, then compare again. Settle it "
    "only where the owner keeps both, and say why.",
    Differs.DIFFERING: "Ask the provider which is right, and have it put right there. Settle it "
    "where the rows are right as they are, or the difference is agreed.",
    Differs.BOUNCED: "The owner is asked already. Where they tell you a new address, change it on "
    "the claim and send it again; else there is nothing to do. It closes by itself.",
    Differs.UNKNOWN: "Somebody did this by hand, or another system uses the same account. Where it "
    "is not ours, settle it and say what it is.",
    Differs.SILENT: "Is its key right, is its service up, is it configured? Nothing is concluded "
    "while it is silent. It closes by itself once it speaks.",
}
