"""All that the template of the claim page is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Reason
from recalldesk.claims.desk.opening import Look
from recalldesk.claims.desk.page_values import ClaimPage, OtherClaim, ShownDecision
from recalldesk.claims.desk.second_rule import Ground
from recalldesk.claims.desk.templates import Template
from recalldesk.claims.desk_queue.filters import query_of
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.states import (
    HOLDS_NOTHING,
    UNTIL_SHIPPED,
    Channel,
    ClaimState,
    DecisionKind,
    DecisionState,
)
from recalldesk.console.access import DeskRequest
from recalldesk.console.claim_going import filters_of, to_queue
from recalldesk.console.claim_newer import NewerOnPage
from recalldesk.console.claim_shown import (
    address_of,
    beside,
    entries_of,
    finds_of,
    late_leads_of,
    name_of,
    photos_of,
    reasons_of,
    ruling_of,
    speaks_for,
)
from recalldesk.console.claim_undo import decided_last
from recalldesk.console.claim_words import GROUNDS_FOR_TWO, PAYEES, in_words
from recalldesk.console.lists import BY_KEY
from recalldesk.console.queue_words import STATES, promised_words, received_words
from recalldesk.mailing.texts import are_texts_sent

DECIDED = {
    DecisionKind.APPROVE: "approved",
    DecisionKind.DECLINE: "declined",
    DecisionKind.DUPLICATE: "marked as a duplicate",
    DecisionKind.ASK_OWNER: "asked the owner",
    DecisionKind.TO_A_PERSON: "gave it to a person",
}
LANGUAGES = {"en": "English", "es": "Spanish"}
FIRST_ENTRIES = 6
"""So many rows of the timeline are shown without opening it."""
WAYS = (
    "decide",
    "settle",
    "leads",
    "undo",
    "message",
    "look",
    "give",
    "personal",
    "like",
    "newer",
    "email",
    "details",
    "appeal",
    "disposal",
)
TOLD_BY = [
    (each.value, each.label)
    for each in (Channel.PHONE, Channel.LETTER, Channel.EMAIL, Channel.SHOP)
]
"""By what way an owner tells something of a claim that was sent."""
MARKING_REASONS = {R.MARK_NOT_SEEN, R.MARKING_UNREAD}


@dataclass(frozen=True)
class Offered:
    """What somebody may do with a claim as it stands."""

    decides: bool
    gives_back: bool
    settles: ShownDecision | None
    waits: ShownDecision | None
    undoes: ShownDecision | None
    may_be_appealed: bool
    why_two: str
    why_not: str


def _mends_email(shown: ClaimPage, request: DeskRequest) -> bool:
    """Whether what was written or sent to the owner came back, and the person may mend it."""
    is_asked = shown.place.state is ClaimState.NEEDS_OWNER and shown.unit.has_remedy
    came_back = is_asked or shown.filing.unreached_since is not None
    return came_back and request.user.may(Permission.MANAGE_REMEDIES)


def _mends_details(shown: ClaimPage, request: DeskRequest) -> bool:
    """Whether no code reaches the owner, and the person may change where the remedy goes."""
    owner = shown.filing.owner
    has_way = bool(owner.email or (owner.phone and are_texts_sent()))
    is_reached = has_way and shown.filing.unreached_since is None
    goes_on = shown.place.state in UNTIL_SHIPPED
    return goes_on and not is_reached and request.user.may(Permission.MANAGE_REMEDIES)


def values_of(
    shown: ClaimPage,
    request: DeskRequest,
    look: Look | None,
    typed: Mapping[str, str],
    newer: NewerOnPage | None = None,
) -> dict[str, Any]:
    """The page as the template takes it. `newer`: None where the page asks for it by itself."""
    filing, place = shown.filing, shown.place
    today, filters = shown.place.today, filters_of(request)
    entries = entries_of(shown)
    offered = offered_of(shown, newer)
    duplicate_of = [each for each in shown.others if _goes_on_for_the_same(each)]
    return {
        "shown": shown,
        "name": name_of(filing.reference, shown.unit.position),
        "state": STATES.get(place.state, place.state.value),
        "promised": promised_words(place.promised_on, today),
        "received": received_words(filing.filed_at, today),
        "photos": photos_of(shown, today),
        "why": reasons_of(shown),
        "speaks_for": speaks_for(shown),
        "others": [beside(each) for each in shown.others],
        "late_leads": late_leads_of(shown),
        "finds": finds_of(shown),
        "entries": entries,
        "offered": offered,
        "undoes_another": _undoes_another(request, offered),
        "proposed_because": _proposed_because(shown, offered),
        "newer": newer,
        "leads_now": place.state is ClaimState.IN_REVIEW,
        "may_note": request.user.may(Permission.ENTER_CLAIM),
        "duplicate_of": duplicate_of,
        "list": BY_KEY[filters.list],
        "query": query_of(filters),
        "queue_url": to_queue(filters),
        "look": look,
        "typed": typed,
        "left_over": _left_over(typed, shown, offered, is_duplicate_offered=bool(duplicate_of)),
        "mends_email": _mends_email(shown, request),
        "mends_details": _mends_details(shown, request),
        "told_by": TOLD_BY,
        "payee": PAYEES.get(filing.owner.payee, filing.owner.payee.replace("_", " ")),
        "no_reason": "The rule found nothing against it."
        if ruling_of(shown)
        else "Nothing speaks against it that we know of.",
        "newest_messages": shown.messages[::-1],
        "more_entries": len(entries) - FIRST_ENTRIES,
        "language": LANGUAGES.get(shown.filing.language, shown.filing.language),
        **_words(shown, typed),
        **_addresses(filing.reference, shown.unit.position),
    }


def _addresses(reference: str, position: int) -> dict[str, str]:
    """Where the page's forms and links lead."""
    ways = {f"{way}_url": address_of(reference, position, f"claim_{way}") for way in WAYS}
    neighbours = {
        f"{way}_url": address_of(reference, position, "claim_beside", way=way)
        for way in ("next", "previous")
    }
    return ways | neighbours


def _goes_on_for_the_same(other: OtherClaim) -> bool:
    """Whether the claim may be marked as a duplicate of another one: nothing else is offered."""
    shares = {*other.shares}
    is_theirs = bool(shares & {"filing", "email", "phone"})
    return "unit" in shares and is_theirs and other.state not in HOLDS_NOTHING


def _proposed_because(shown: ClaimPage, offered: Offered) -> str:
    """What a colleague wrote to whoever has to agree; empty where nobody waits for this person."""
    if offered.settles is None:
        return ""
    said = [row.note or "" for row in shown.timeline if row.reason == Reason.SECOND_ASKED]
    return said[-1] if said else ""


def _undoes_another(request: DeskRequest, offered: Offered) -> bool:
    """Whether the page says above what somebody decided of another claim: the key undoes that."""
    last = decided_last(request)
    own = offered.undoes
    return last is not None and (own is None or last.decision_id != own.decision_id)


def _left_over(
    typed: Mapping[str, str], shown: ClaimPage, offered: Offered, *, is_duplicate_offered: bool
) -> list[str]:
    """What was typed into a form that stands on the page no more, so that it can be copied."""
    takes_two = bool(offered.why_two) or shown.unit.has_remedy
    notes = not takes_two if typed.get("second_reader") else takes_two or shown.allowed.needs_note
    stands = {
        "approve": offered.decides and notes,
        "decline": offered.decides,
        "duplicate": offered.decides and is_duplicate_offered,
        "ask": shown.allowed.may_answer,
        "refuse": offered.settles is not None,
        "give_back": offered.gives_back and offered.undoes is None,
        "appeal": offered.may_be_appealed,
    }
    if stands.get(typed.get("do", "")):
        return []
    return [text for name in ("words", "note") if (text := typed.get(name, "").strip())]


def _words(shown: ClaimPage, typed: Mapping[str, str]) -> dict[str, str]:
    """What stands in the form to the owner: what was typed, else the template that is meant."""
    texts = {str(each.key): each.text for each in shown.templates}
    chosen = typed.get("template", "") if typed.get("do") == "ask" else str(_template(shown))
    if typed.get("do") == "ask" and "fill" not in typed:
        return {"chosen_template": chosen, "words": typed.get("words", "")}
    return {"chosen_template": chosen, "words": texts.get(chosen, "")}


def offered_of(shown: ClaimPage, newer: NewerOnPage | None = None) -> Offered:
    """What whoever looks may do now."""
    allowed, state = shown.allowed, shown.place.state
    waits = next((row for row in shown.decisions if row.state is DecisionState.PROPOSED), None)
    decides = (
        allowed.may_decide
        and state is ClaimState.IN_REVIEW
        and waits is None
        and not allowed.is_barred
    )
    told = all(row.is_told for row in shown.decisions if row.by and row.state == "final")
    mends = state in (ClaimState.APPROVED, ClaimState.DECLINED, ClaimState.DUPLICATE)
    early = state in (ClaimState.CHECKING, ClaimState.NEEDS_OWNER)
    return Offered(
        decides=decides,
        gives_back=allowed.may_decide and told and (early or (mends and allowed.may_second)),
        settles=waits if waits is not None and waits.may_settle else None,
        waits=waits,
        undoes=next((row for row in shown.decisions if row.may_undo), None),
        may_be_appealed=told and state in (ClaimState.DECLINED, ClaimState.DUPLICATE),
        why_two=_why_two(shown, newer),
        why_not=_why_not(shown, waits),
    )


def _why_two(shown: ClaimPage, newer: NewerOnPage | None) -> str:
    """Why an approval by whoever looks waits for another person: of an appeal, somebody who gives
    second opinions is the other person."""
    grounds = shown.allowed.grounds_for_two
    if shown.allowed.may_second:
        grounds = tuple(each for each in grounds if each != Ground.APPEAL)
    if newer is not None and newer.is_delisted and Ground.UNIT_NOT_LISTED not in grounds:
        grounds = (*grounds, Ground.UNIT_NOT_LISTED)
    return in_words([GROUNDS_FOR_TWO.get(each, each) for each in grounds])


def _why_not(shown: ClaimPage, waits: ShownDecision | None) -> str:
    """Why nobody decides here, in a sentence."""
    if not shown.allowed.may_decide:
        return "Your role looks at claims and does not decide them."
    if waits is not None and waits.may_settle:
        return ""
    if waits is not None:
        return f"{waits.by} {DECIDED[waits.kind]} it; a second person has to agree."
    if shown.allowed.is_barred:
        return "You decided about this claim before: an appeal is decided by somebody else."
    if shown.place.state is not ClaimState.IN_REVIEW:
        return f"Nothing to decide now: {STATES.get(shown.place.state, '')}."
    return ""


def _template(shown: ClaimPage) -> str:
    """The template that is likely meant, by why a person looks."""
    reasons = {*shown.place.tags}
    if reasons & MARKING_REASONS and not reasons & {R.LABEL_UNREAD, R.LABEL_DIFFERS}:
        return Template.MARKING_PHOTO
    return Template.LABEL_PHOTO
