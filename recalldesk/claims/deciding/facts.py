"""What the rule is told of one claim, gathered from its rows.

Guarantee: the facts hold no personal data; what could not be found out is left as not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recalldesk.audit.states import Reason
from recalldesk.claims.completeness import missing_steps, photos_missing
from recalldesk.claims.deciding.late_leads import found_fraudulent
from recalldesk.claims.deciding.photo_leads import leads_of
from recalldesk.claims.deciding.sharing import (
    counts_of,
    filings_of_fraud,
    filings_sharing,
    paid_for_no_named_unit,
)
from recalldesk.claims.decision_facts import (
    ClaimFacts,
    Neighbours,
    PhotosSay,
    Terms,
    Worth,
    terms_of,
)
from recalldesk.claims.letters import is_written_to
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.photo_facts import LabelReads, facts_of_photos
from recalldesk.claims.photos_read import (
    PhotosRead,
    forms_of,
    is_marking_asked,
    photo_facts_of,
    photos_read,
)
from recalldesk.claims.reads import (
    FAILED_PHOTOS,
    SeenFiling,
    SeenUnit,
    Stage,
    seen_beside,
    stages_of,
)
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.remedies_offered import remedy_named
from recalldesk.claims.states import ClaimState, Direction, UnitReading
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import is_settled
from recalldesk.evidence.states import PhotoKind, ReadingState
from recalldesk.recalls.reads import document_of, live_recall
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.remedies.reads import effective_remedy


@dataclass(frozen=True)
class Gathered:
    """A claim's own facts, by whose terms it is decided, and what its neighbours are found by.

    `version_id`: that of the terms.
    """

    claim: Claim
    unit: SeenUnit
    stages: tuple[Stage, ...]
    terms: Terms
    version_id: int
    own: ClaimFacts

    def with_neighbours(self) -> ClaimFacts:
        """The facts with all that other claims say; the reads are bounded."""
        found = neighbours_of(self.claim, self.unit.photos, self.terms)
        return replace(self.own, neighbours=found)


def gather(claim: Claim) -> Gathered:
    """What a claim says by itself. Its filing is locked. Raises SealingError."""
    filing = claim.filing
    seen = seen_beside(claim)
    unit = next(each for each in seen.units if each.claim_id == claim.pk)
    stages = stages_of(claim.pk)
    terms, version_id = terms_now(filing)
    return Gathered(claim, unit, stages, terms, version_id, _own(claim, seen, unit, stages))


def neighbours_of(claim: Claim, photos: Sequence[Photo], terms: Terms) -> Neighbours:
    """What a claim with these photos shares with others; the reads are bounded."""
    found = leads_of(claim, photos, within=terms.like_within)
    sharing = filings_sharing(claim.filing)
    return Neighbours(
        leads=found.leads,
        counts=counts_of(claim.filing, sharing),
        is_cut=found.is_cut,
        fraud=found_fraudulent(filings_of_fraud(sharing)),
        paid_unnamed=paid_for_no_named_unit(claim.filing, filings_of_fraud(sharing)),
    )


def terms_now(filing: Filing) -> tuple[Terms, int]:
    """The terms by which a claim is decided, and the version that states them.

    Of the version that is live: a firm that is attacked tightens them for every claim.
    """
    live = live_recall(filing.recall.slug)
    if live is None:
        return terms_of(document_of(filing.version).review), filing.version_id
    return terms_of(live.document.review), live.version_id


def _own(claim: Claim, seen: SeenFiling, unit: SeenUnit, stages: tuple[Stage, ...]) -> ClaimFacts:
    filing = claim.filing
    was_asked = any(stage.reason == Reason.PHOTO_ASKED for stage in stages)
    remedy = remedy_named(seen.document, filing.country, filing.remedy_key)
    value = remedy.value if remedy else None
    return ClaimFacts(
        reading=UnitReading(claim.reading),
        found=claim.found,
        holds_unit=claim.holds_unit,
        has_remedy=is_given_a_remedy(claim),
        reported=reports_of_unit(bytes(claim.unit_digest)),
        is_dangerous=filing.is_dangerous,
        was_with_person=any(stage.state is ClaimState.IN_REVIEW for stage in stages[:-1]),
        has_unread_words=_has_unread_words(filing),
        is_unreached=filing.unreached_since is not None,
        cannot_photograph=claim.cannot_photograph,
        missing=tuple(missing_steps(seen.document, seen.facts)),
        may_ask=is_written_to(filing) and not was_asked,
        led_from=_led_from(claim),
        worth=Worth(value.amount, value.currency) if value else None,
        photos=_photos_say(claim, seen, unit),
    )


def _led_from(claim: Claim) -> tuple[int, ...]:
    """The later claims for which it was taken back once, as its tags and that decision say."""
    if DecisionReason.LATER_LEAD not in claim.tags:
        return ()
    decisions = claim.decisions.filter(reasons__contains=[DecisionReason.LATER_LEAD])
    return tuple(decisions.latest("pk").grounds[DecisionReason.LATER_LEAD]["claims"])


def is_given_a_remedy(claim: Claim) -> bool | None:
    """Whether its unit has a remedy that counts; None of a unit that nobody can name."""
    if not claim.unit_digest:
        return None
    return effective_remedy(unit_digest=bytes(claim.unit_digest)) is not None


def _has_unread_words(filing: Filing) -> bool:
    """Whether the owner said something last. Photos without words are looked at by the rule."""
    said = filing.messages.exclude(sealed_text=b"").order_by("-at", "-pk").first()
    return said is not None and said.direction == Direction.FROM_OWNER


def _photos_say(claim: Claim, seen: SeenFiling, unit: SeenUnit) -> PhotosSay:
    read = photos_read(unit.photos)
    facts = photo_facts_of(seen, unit, read)
    asked = frozenset(seen.document.evidence.marks if is_marking_asked(seen, unit) else ())
    markings = [photo for photo in unit.photos if photo.kind == PhotoKind.MARKING]
    return PhotosSay(
        are_settled=is_settled(claim.evidence),
        label=facts.label,
        other_labels=_other_labels(seen, unit, read),
        asked_marks=asked,
        verified_marks=frozenset(mark for mark, verified in facts.marks.items() if verified),
        is_marking_read=facts.is_marking_read,
        are_markings_read=all(
            photo.reading == ReadingState.READ or photo.state in FAILED_PHOTOS for photo in markings
        ),
        useless=_useless(seen, unit),
    )


def _other_labels(seen: SeenFiling, unit: SeenUnit, read: PhotosRead) -> int:
    """Photos of a label, each by itself, that surely read as another serial."""
    each = (
        facts_of_photos(
            serial=unit.serial,
            forms=forms_of(seen.document, unit),
            labels=(label,),
            markings=(),
            asked=(),
        )
        for label in read.labels.values()
    )
    return sum(facts.label is LabelReads.OTHERWISE for facts in each)


def _useless(seen: SeenFiling, unit: SeenUnit) -> frozenset[PhotoKind]:
    """The kinds that the recall asks for, of which photos came and none can be used."""
    place = seen.units.index(unit)
    missing = photos_missing(seen.document.evidence, seen.facts)
    failed = {photo.kind for photo in unit.photos if photo.state in FAILED_PHOTOS}
    return frozenset(kind for at, kind in missing if at == place and kind in failed)
