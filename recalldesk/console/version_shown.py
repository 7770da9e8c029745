"""What the page of a version shows: what holds it back, what differs, what can be looked at.

Nothing here changes anything. What takes two people, and what the linter finds, is said as the
commands say it, by the same functions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.models import StateChange
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Reason, Subject
from recalldesk.console.word_changes import Piece, pieces_of
from recalldesk.notices.changes import changes_between
from recalldesk.notices.papers.kinds import Kind, Paper, usual_paper
from recalldesk.notices.previews import told_or_preview
from recalldesk.notices.writing import notice_of
from recalldesk.pictures.reads import ShownPicture, pictures_of, pictures_that_differ
from recalldesk.recalls.differences import differences
from recalldesk.recalls.document import Document
from recalldesk.recalls.linting import NoticeFinding
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.recalls.states import VersionState
from recalldesk.units.list_differences import ListDifference, lists_that_differ
from recalldesk.units.publication import Standing
from recalldesk.units.rules import OVERRIDE

LANGUAGES = {"en": "English", "es": "Spanish"}
KINDS = {
    Kind.POSTER: "Poster",
    Kind.PRESS_RELEASE: "Press release",
    Kind.TRADE_LETTER: "Letter to shops",
}
HAPPENED = {
    "draft": "written at",
    "approval_asked": "sent for approval",
    "sent_back": "sent back",
    "approval_withdrawn": "changed, and so no longer sent",
    "approved": "approved",
    "publication_asked": "publication asked for",
    "publication_refused": "not published",
    "publication_failed": "not published yet",
    "live": "published",
    "superseded": "replaced by a later version",
    "preview_linked": "link to a preview made",
}


@dataclass(frozen=True)
class Held:
    """A finding that holds publication back, and what to do about it, a sentence each.

    `may_override`: whether this person may override it, today.
    """

    standing: Standing
    todo: tuple[str, ...]
    may_override: bool


@dataclass(frozen=True)
class Difference:
    """A field or a line of the notice, and what changed in it."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class InWords:
    """What changed of the notice in one language; `is_new` where the other version lacks it."""

    code: str
    language: str
    is_new: bool
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class AnotherPicture:
    """The file of a picture, and what each of the two shows for it; None where it shows none."""

    file: str
    before: ShownPicture | None
    after: ShownPicture | None


@dataclass(frozen=True)
class Compared:
    """With which version it is compared, and in what they differ."""

    other: RecallVersion
    fields: tuple[Difference, ...]
    lists: tuple[ListDifference, ...]
    pictures: tuple[AnotherPicture, ...]
    in_words: tuple[InWords, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs at all."""
        words = any(each.is_new or each.changes for each in self.in_words)
        return not (self.fields or self.lists or self.pictures or words)


@dataclass(frozen=True)
class Outputs:
    """All that comes of the version in one language: the name of each and where it is. `of_brands`:
    the papers of each brand alone, by its name, where the version has several."""

    language: str
    texts: str
    papers: tuple[tuple[str, str], ...]
    of_brands: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Happened:
    """One row of the log about the version."""

    at: datetime
    who: str
    what: str
    note: str


def held_back(version: RecallVersion, found: Iterable[Standing], person: Staff) -> tuple[Held, ...]:
    """What holds it back; whoever overrode a finding is not asked again."""
    slug = version.recall.slug
    override = OVERRIDE.format(slug=slug)  # the page says it in its own words, and has the form
    may = person.may(Permission.OVERRIDE_FINDING) and version.state == VersionState.APPROVED
    return tuple(
        Held(
            each,
            tuple(hint for hint in each.finding.hints(slug) if hint != override),
            may
            and each.finding.can_be_overridden
            and each.holds
            and person.name not in each.overridden_by,
        )
        for each in found
    )


def may_override_notice(version: RecallVersion, person: Staff) -> bool:
    """Whether this person may still override what the linter finds: its approver alone."""
    return version.state == VersionState.APPROVED and version.approved_by_id == person.pk


def open_among(found: Iterable[NoticeFinding]) -> tuple[NoticeFinding, ...]:
    """The errors that nobody overrides."""
    return tuple(each for each in found if each.is_open_error)


def other_of(version: RecallVersion) -> RecallVersion | None:
    """With what it is compared: the live version; a published one with the one before it."""
    if version.published_at is None:
        return live_version(version.recall)
    before = version.recall.versions.filter(number__lt=version.number, published_at__isnull=False)
    return before.order_by("-number").first()


def compared(version: RecallVersion) -> Compared | None:
    """In what it differs from the other; None where there is none."""
    other = other_of(version)
    if other is None:
        return None
    fields = differences(document_of(other), document_of(version))
    return Compared(
        other,
        tuple(Difference(each.path, pieces_of(each.before, each.after)) for each in fields),
        lists_that_differ(other, version),
        _other_pictures(other, version),
        tuple(_in_words(other, version, code) for code in document_of(version).languages),
    )


def _other_pictures(other: RecallVersion, version: RecallVersion) -> tuple[AnotherPicture, ...]:
    before, after = pictures_of(other), pictures_of(version)
    files = pictures_that_differ(other, version)
    return tuple(AnotherPicture(file, before.get(file), after.get(file)) for file in files)


def _in_words(other: RecallVersion, version: RecallVersion, code: str) -> InWords:
    before, after = (notice_of(told_or_preview(each), code) for each in (other, version))
    is_new = before.language != after.language
    found = () if is_new else changes_between(before, after)
    return InWords(
        code,
        language_name(code),
        is_new,
        tuple(Difference(each.label, pieces_of(each.before, each.after)) for each in found),
    )


def language_name(code: str) -> str:
    """A language of owners, as the desk calls it."""
    return LANGUAGES.get(code, code)


def outputs_of(version: RecallVersion) -> tuple[Outputs, ...]:
    """Every output in every language of the recall."""
    document = document_of(version)
    of_version: list[str | int] = [version.recall.slug, version.number]
    brands = document.brands if len(document.brands) > 1 else ()
    return tuple(
        Outputs(
            language_name(code),
            reverse("console:recall_texts", args=[*of_version, code]),
            _papers("console:recall_paper", [*of_version, code], document),
            tuple(
                (
                    brand.name,
                    _papers("console:recall_brand_paper", [*of_version, code, brand.key], document),
                )
                for brand in brands
            ),
        )
        for code in document.languages
    )


def _papers(
    address: str, named: list[str | int], document: Document
) -> tuple[tuple[str, str], ...]:
    """Every paper, by its name."""
    office = usual_paper(document.countries)
    papers = [(f"{KINDS[Kind.POSTER]}, {each.shown}", Kind.POSTER, each) for each in Paper]
    papers += [(KINDS[kind], kind, office) for kind in (Kind.PRESS_RELEASE, Kind.TRADE_LETTER)]
    return tuple((name, reverse(address, args=[*named, kind, size])) for name, kind, size in papers)


def history_of(version: RecallVersion) -> list[Happened]:
    """What the log says of the version and of overrides of its notice, the newest first."""
    rules = dict(version.notice_overrides.values_list("pk", "rule"))
    rows = rows_about({Subject.RECALL_VERSION: [version.pk], Subject.NOTICE_OVERRIDE: [*rules]})
    people = dict(
        Staff.objects.filter(pk__in={each.row.actor_id for each in rows}).values_list("pk", "name")
    )
    return [
        Happened(
            each.row.at,
            people.get(each.row.actor_id or 0, "Recalldesk"),
            _what(each.row, rules),
            each.note,
        )
        for each in reversed(rows)
    ]


def _what(row: StateChange, rules: Mapping[int, str]) -> str:
    """What a row of the log says, in words. `rules`: what each override of the notice is of."""
    if row.subject == Subject.NOTICE_OVERRIDE:
        return f"overrode {rules[row.subject_id]}"
    if row.reason == Reason.PICTURES_TAKEN:
        return Reason.PICTURES_TAKEN.label
    if row.reason and row.to_state == row.from_state:
        return f"overrode: {Reason(row.reason).label}"
    return HAPPENED.get(row.to_state, row.to_state)
