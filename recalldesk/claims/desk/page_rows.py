"""The rows that a claim page shows, in ten questions to the database.

Guarantees: the log is read before all else, and the stamp is of what was read: what happens while
the page is made makes a decision on it stale. Each question is served by an index.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.desk.page_timeline import Log
from recalldesk.claims.desk.stamps import stamp_in
from recalldesk.claims.errors import NoSuchClaim
from recalldesk.claims.models import Claim, Contact, Decision, Filing, LateLead, Message
from recalldesk.claims.states import ClaimState, Direction, FilingState
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_numbered, document_of
from recalldesk.recalls.states import VersionState
from recalldesk.remedies.corrections.reads import reports_that_stand
from recalldesk.remedies.reads import remedies_that_count

MOST_OTHERS = 50
HAS_REMEDY, REPORTS = "unit_has_remedy", "unit_reports"
LIVE_VERSION = {"live_version_id": "pk", "live_approved_at": "approved_at"}
SUBJECTS = (Subject.CLAIM, Subject.FILING, Subject.DECISION, Subject.MESSAGE)


@dataclass(frozen=True)
class PageRows:
    """All rows of a filing that a page needs. `led_to`: the claims that the rule was led to by
    photos; `named`: those that it names for another reason; `others`: all these, and whatever
    shares something with the claim; `late_leads`: later claims that led to it too late.
    `has_remedy`: its unit has one that counts; `reports`: of others that they corrected it.
    `limits`: the version by which it is decided when two people decide."""

    seen: int
    claim: Claim
    siblings: list[Claim]
    others: list[Claim]
    led_to: frozenset[int]
    named: frozenset[int]
    late_leads: list[LateLead]
    messages: list[Message]
    contacts: list[Contact]
    photos: list[Photo]
    decisions: list[Decision]
    log: Log
    has_remedy: bool
    reports: tuple[int, ...]
    limits: Document

    def of_set(self, set_id: int) -> tuple[str, int]:
        """Whose the photos of a set are."""
        for message in self.messages:
            if message.evidence_id == set_id:
                return "message", message.pk
        for contact in self.contacts:
            if contact.evidence_id == set_id:
                return "contact", contact.pk
        sibling = next(each for each in self.siblings if each.evidence_id == set_id)
        return ("claim" if sibling.pk == self.claim.pk else "other_claim"), sibling.pk


def sent_one(which: QuerySet[Claim]) -> Claim:
    """A claim that was sent, with what it belongs to. Raises NoSuchClaim."""
    rows = which.select_related(
        "filing__recall",
        "filing__version",
        "filing__entered_by",
        "filing__former_reference",
        "evidence",
        "assigned_to",
        "looked_at_by",
    )
    live = RecallVersion.objects.filter(
        recall_id=OuterRef("filing__recall_id"), state=VersionState.LIVE
    )
    columns = {name: Subquery(live.values(of)[:1]) for name, of in LIVE_VERSION.items()}
    led = LateLead.objects.filter(claim_id=OuterRef("pk"))
    claim = rows.annotate(**columns, is_led_to=Exists(led)).first()
    if claim is None or claim.filing.state != FilingState.FILED:
        raise NoSuchClaim("There is no such claim at the desk.", "Look for its reference.")
    return claim


def rows_for(which: QuerySet[Claim], beside: Mapping[str, Any]) -> PageRows:
    """The rows of the one claim that is asked for. `beside`: what is to be asked for of it in the
    same statement, by names that the claim has then. Raises NoSuchClaim."""
    happened = list(_log(which))
    claim = sent_one(which.annotate(**beside))
    filing = claim.filing
    messages = list(filing.messages.select_related("author").order_by("at", "pk"))
    contacts = list(filing.contacts.select_related("by").order_by("happened_at", "pk"))
    for row in messages:
        row.filing = filing
    decisions = list(claim.decisions.select_related("by", "settled_by").order_by("pk"))
    led_to, named = _led_to(decisions), _named(decisions)
    alike = list(_alike(claim, led_to | named))
    siblings = [each for each in alike if each.filing_id == filing.pk]
    sets: list[int | None] = [row.evidence_id for row in siblings]
    sets += [row.evidence_id for row in messages]
    sets += [row.evidence_id for row in contacts]
    owners = {row.pk for row in messages if row.direction == Direction.FROM_OWNER}
    return PageRows(
        seen=stamp_in(happened, claim_id=claim.pk, owners=owners),
        claim=claim,
        siblings=siblings,
        others=[each for each in alike if each.pk != claim.pk],
        led_to=led_to,
        named=named,
        late_leads=_late_leads(claim),
        messages=messages,
        contacts=contacts,
        photos=list(_photos([each for each in sets if each])),
        decisions=decisions,
        log=Log(happened),
        limits=_limits_of(claim),
        has_remedy=any(getattr(each, HAS_REMEDY) for each in alike),
        reports=tuple(getattr(alike[0], REPORTS)) if alike else (),
    )


def _limits_of(claim: Claim) -> Document:
    version_id, approved_at = (getattr(claim, name) for name in LIVE_VERSION)
    if version_id is None:
        return document_of(claim.filing.version)
    return document_numbered(version_id, approved_at)


def _log(which: QuerySet[Claim]) -> QuerySet[StateChange]:
    """The log of a claim, its filing, its decisions and messages."""
    claims, filings = which.values("pk"), which.values("filing_id")
    decisions = Decision.objects.filter(claim__in=claims).values("pk")
    messages = Message.objects.filter(filing__in=filings).values("pk")
    # Each kind by itself: an index serves a list of numbers, and no index serves an "or" with one.
    of_claim, of_filing, of_decisions, of_messages = (
        StateChange.objects.filter(subject=subject) for subject in SUBJECTS
    )
    numbers = (
        of_claim.filter(subject_id__in=claims)
        .values("pk")
        .union(
            of_filing.filter(subject_id__in=filings).values("pk"),
            of_decisions.filter(subject_id__in=decisions).values("pk"),
            of_messages.filter(subject_id__in=messages).values("pk"),
        )
    )
    rows = StateChange.objects.filter(pk__in=numbers)
    name = Staff.objects.filter(pk=OuterRef("actor_id")).values("name")
    named = Case(When(actor=Actor.STAFF, then=Subquery(name)), default=Value(""))
    return rows.annotate(actor_name=named).select_related("note").order_by("pk")


def _photos(sets: list[int]) -> QuerySet[Photo]:
    kept = Photo.objects.filter(evidence_set__in=sets).exclude(state=PhotoState.REMOVED)
    return kept.select_related("evidence_set", "what_was_read").order_by("received_at", "pk")


def _led_to(decisions: list[Decision]) -> frozenset[int]:
    """The claims that like photos led the rule to, when it was asked last."""
    leads = [lead for each in _grounds(decisions) for lead in each.get("leads", ())]
    return frozenset(lead["other_claim"] for lead in leads)


def _named(decisions: list[Decision]) -> frozenset[int]:
    """The claims that it named for another reason: later ones, and fraud that was found."""
    return frozenset(number for each in _grounds(decisions) for number in each.get("claims", ()))


def _grounds(decisions: list[Decision]) -> list[dict[str, Any]]:
    ruled = [row for row in decisions if row.by_id is None]
    grounds = ruled[-1].grounds.values() if ruled else ()
    return [each for each in grounds if isinstance(each, dict)]


def _alike(claim: Claim, led_to: frozenset[int]) -> QuerySet[Claim]:
    """The claims of the same filing first; then those of the same unit, e-mail address or phone
    number, and those that the rule names, the newest first."""
    filing = claim.filing
    arms = [Claim.objects.filter(filing=filing)]
    if claim.unit_digest:
        arms.append(Claim.objects.filter(unit_digest=claim.unit_digest))
    for name in ("email_digest", "phone_digest"):
        if digest := getattr(filing, name):
            same = Filing.objects.filter(**{name: digest}).values("pk")
            arms.append(Claim.objects.filter(filing__in=same))
    if led_to:
        arms.append(Claim.objects.filter(pk__in=led_to))
    numbers = [arm.values("pk") for arm in arms]
    found = Claim.objects.filter(pk__in=numbers[0].union(*numbers[1:]))
    is_own = Case(When(filing=filing, then=Value(0)), default=Value(1))
    # It is of the claim alone; asked for here it takes no question of its own.
    reports = reports_that_stand([unit_of(claim)]).order_by("pk").values("pk")
    asked = {
        HAS_REMEDY: Exists(remedies_that_count(unit_of(claim))),
        REPORTS: ArraySubquery(reports),
    }
    found = found.annotate(**asked)
    rows = found.exclude(state=ClaimState.DRAFT).select_related("filing__recall")
    return rows.order_by(is_own, "-pk")[: MOST_OTHERS + 1]


def _late_leads(claim: Claim) -> list[LateLead]:
    """Asked for only where there are any, which the claim's own row says."""
    if not getattr(claim, "is_led_to", True):
        return []
    return list(claim.late_leads.select_related("later__filing", "found_by").order_by("pk"))
