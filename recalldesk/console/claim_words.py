"""The words of the claim page: the rule's reasons as sentences, what happened, what may be done.

Guarantees: nothing personal is in a sentence; a reason without a sentence of its own is still said,
by its label, and a ground that is not known is said to be not known.
"""

from collections.abc import Callable, Mapping
from typing import Any

from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.page_values import Happening
from recalldesk.claims.reasons import LABELS, DecisionReason
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.states import ClaimState
from recalldesk.claims.untold import TOLD
from recalldesk.console.queue_words import STATES, reason_in_short
from recalldesk.evidence.states import PhotoKind

KINDS: Mapping[str, str] = {
    PhotoKind.LABEL: "label",
    PhotoKind.MARKING: "marking",
    PhotoKind.RECEIPT: "receipt",
    PhotoKind.OTHER: "other",
}
MARKS: Mapping[str, str] = {
    "word": "word",
    "code": "code",
    "name": "name",
    "date": "date",
}
SHARES: Mapping[str, str] = {
    "filing": "same filing",
    "unit": "same unit",
    "email": "same e-mail address",
    "phone": "same phone number",
    "photo": "like photo",
    "lead": "named by the rule",
}
WHY_MOVED: Mapping[str, str] = {Reason.PHOTO_ASKED: "A photo is of no use"}
"""Why a claim moved, where the label of the reason says the state over again."""
FILINGS: Mapping[str, str] = {
    "draft": "",
    "filed": "",
    "looked_at": "Somebody looked",
    "contact_read": "Somebody looked up how to reach the owner",
    "needs_no_answer": "What the owner wrote needs no answer",
}
"""What became of a filing; of two states the claim's own row says it."""
PAYEES: Mapping[str, str] = {"us_account": "to a US account", "iban": "to an IBAN"}
GROUNDS_FOR_TWO: Mapping[str, str] = {
    "value": "it is worth more than one person may approve",
    "unit_not_listed": "the serial is not one of the recall",
    "no_proof": "there is no photo to look at",
    "second_remedy": "the unit has a remedy already",
    "appeal": "the owner asked for another person",
    "asked": "a second reader was asked for",
}
FOUND: Mapping[str, str] = {
    "not_affected": "The check found it not affected.",
    "affected": "The check found it affected.",
    "invalid": "It is no serial of this product.",
}
Grounds = Mapping[str, Any]


def title_of(key: str) -> str:
    """A reason as a sentence without its grounds."""
    return LABELS[DecisionReason(key)] if key in set(DecisionReason) else _in_words(key)


def sentence_of(key: str, grounds: Grounds) -> str:
    """What a reason stands on, as a sentence; empty where its label says it all."""
    if grounds.get("is_known") is False:
        return "It is not known to be otherwise."
    say = _SENTENCES.get(key)
    return say(grounds) if say else ""


def in_words(names: list[str]) -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _in_words(key: str) -> str:
    words = reason_in_short(key)
    return words[:1].upper() + words[1:]


def _missing(grounds: Grounds) -> str:
    missing = grounds.get("missing")
    if missing is None:
        return "What is missing is not known."
    return f"Missing: {in_words([str(each).replace('_', ' ') for each in missing])}."


def _worth(grounds: Grounds) -> str:
    worth = grounds.get("worth") or "an unknown amount"
    return f"Worth {worth}; one person decides up to {grounds.get('over')}."


def _found(grounds: Grounds) -> str:
    found = str(grounds.get("found") or "")
    return FOUND.get(found, f"The check said: {found.replace('_', ' ')}." if found else "")


def _photos(grounds: Grounds) -> str:
    count = grounds.get("photos")
    if not isinstance(count, int) or count < 1:
        return "Compare the characters above."
    return f"{count} of its photos {'reads' if count == 1 else 'read'} otherwise."


def _kinds(grounds: Grounds) -> str:
    kinds = [KINDS.get(kind, str(kind)) for kind in grounds.get("kinds", ())]
    return f"Of no use: {in_words(kinds)}." if kinds else ""


def _marks(grounds: Grounds) -> str:
    marks = [MARKS.get(mark, str(mark)) for mark in grounds.get("marks", ())]
    return f"Not seen: {in_words(marks)}." if marks else ""


def _leads(grounds: Grounds) -> str:
    leads = grounds.get("leads", ())
    if not leads:
        return ""
    nearest = min(lead["distance"] for lead in leads)
    claims = len({lead["other_claim"] for lead in leads})
    shared = sorted({name for lead in leads for name in lead.get("shared", ())})
    others = f"{claims} other claim{'' if claims == 1 else 's'}"
    both = f" Shared besides: {in_words(shared).replace('_', ' ')}." if shared else ""
    return f"{others}, the nearest {nearest} of 256 apart.{both}"


def _count(grounds: Grounds) -> str:
    return f"{grounds.get('count')} counted; {grounds.get('limit')} are usual."


def _not_compared(grounds: Grounds) -> str:
    counted = grounds.get("not_counted")
    return f"Not counted: {str(counted).replace('_', ' ')}." if counted else ""


_SENTENCES: Mapping[str, Callable[[Grounds], str]] = {
    R.INCOMPLETE: _missing,
    R.SECOND_PERSON: _worth,
    R.NOT_AFFECTED: _found,
    R.PHOTO_USELESS: _kinds,
    R.LABEL_DIFFERS: _photos,
    R.MARK_NOT_SEEN: _marks,
    R.SAME_PHOTO: _leads,
    R.COPIED_PHOTO: _leads,
    R.LIKE_PHOTO: _leads,
    R.NOT_COMPARED: _not_compared,
    R.PERSON_LIMIT: _count,
    R.ADDRESS_LIMIT: _count,
    R.HOUSE_LIMIT: _count,
    R.PAYEE_LIMIT: _count,
    R.NETWORK_LIMIT: _count,
    R.OWNERS_AT_ADDRESS: _count,
    R.OWNERS_OF_PAYEE: _count,
}


def happened(row: Happening) -> str:
    """What a row of the log says, in a few words; empty where another row says the same."""
    if row.subject == Subject.MESSAGE:
        return "The owner wrote" if row.actor == Actor.OWNER else "The desk wrote"
    if row.subject == Subject.DECISION:
        return "The owner was told" if row.after == TOLD else ""
    label = str(Reason(row.reason).label) if row.reason in set(Reason) else ""
    if row.subject == Subject.FILING and row.reason == Reason.HELD:
        return "The owner asked to be erased; a legal hold keeps it"
    if row.subject == Subject.FILING:
        return label or FILINGS.get(row.after, _in_words(row.after))
    if row.after == ClaimState.DRAFT:
        return ""
    if row.before == row.after:
        return label or "Something was noted"
    state = STATES.get(ClaimState(row.after), row.after) if row.after in set(ClaimState) else ""
    moved = state[:1].upper() + state[1:]
    why = (
        ""
        if row.reason in ("", Reason.BY_PERSON, Reason.BY_RULE)
        else f": {WHY_MOVED.get(row.reason, label).lower()}"
    )
    by_rule = " by the rule" if row.reason == Reason.BY_RULE else ""
    return f"{moved}{by_rule}{why}"
