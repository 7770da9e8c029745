"""The only door to versions that were not published, for those whom the desk shows them.

Guarantees: what comes from here is marked as a preview, and reads as if it were published today; a
link opens one version for a day, was signed here, and its making is in the log; no version that is
or was live comes from here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.claims.brands import site_of
from recalldesk.foundation import clock
from recalldesk.mailing.to_staff import desk_site
from recalldesk.notices.published import Published, versions_published
from recalldesk.pictures.reads import pictures_of
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of, live_recall

LASTS = timedelta(hours=24)
SALT = "recalldesk.notices.previews"
LINKED = "preview_linked"
"""State of a version in the log, beside its own."""
LONGEST = 200


@dataclass(frozen=True)
class PreviewLink:
    """A link to the page of a version that is not published, in each language of the recall."""

    addresses: tuple[tuple[str, str], ...]
    until: datetime


def preview_of(version: RecallVersion) -> Published:
    """The version as it would read, were it published today. Raises RecallProblem where it was."""
    if version.published_at is not None:
        raise RecallProblem(
            f"Version {version.number} was published.", "Its own page shows what it says."
        )
    return Published(
        recall_id=version.recall_id,
        version_id=version.pk,
        slug=version.recall.slug,
        number=version.number,
        published_at=_as_if_today(version),
        closed_at=version.recall.closed_at,
        replaced_at=None,
        document=document_of(version),
        pictures=pictures_of(version),
        is_preview=True,
    )


def _as_if_today(version: RecallVersion) -> datetime:
    """The same all day, so that papers are made once; later than every version before it."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    earlier = versions_published(version.recall.slug)
    return max(today, *(each.published_at for each in earlier)) if earlier else today


def told_or_preview(version: RecallVersion) -> Published:
    """What the version tells, or would tell where it was not published."""
    told = {each.version_id: each for each in versions_published(version.recall.slug)}
    return told.get(version.pk) or preview_of(version)


def link_to(*, version: RecallVersion, by: Staff) -> PreviewLink:
    """A link that opens the version's page for a day, without an account.

    Raises NotPermitted, or RecallProblem where it was published.
    """
    require(by, Permission.APPROVE_RECALL)
    languages = preview_of(version).document.languages
    until = (clock.now() + LASTS).replace(microsecond=0)
    token = signing.dumps([version.pk, int(until.timestamp())], salt=SALT)
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=version.pk,
        from_state=version.state,
        to_state=LINKED,
        actor_id=by.pk,
        recall_id=version.recall_id,
    )
    site = _site_that_answers(version)
    return PreviewLink(
        tuple((code, site + _path(code, token)) for code in dict.fromkeys(languages)), until
    )


def _site_that_answers(version: RecallVersion) -> str:
    """Never at a host name that the draft alone has: it may be somebody else's, and the link opens
    the draft."""
    live = live_recall(version.recall.slug)
    return site_of(live.document.brands[0]) if live else desk_site()


def _path(language: str, token: str) -> str:
    with override(language):
        return reverse("portal:preview", args=[token])


@dataclass(frozen=True)
class Opened:
    """What a link opens, and until when."""

    version: RecallVersion
    until: datetime


def opened_by(token: str) -> Opened | None:
    """The version that a link opens; None where it is too old, or was not made here."""
    if len(token) > LONGEST:
        return None
    try:
        number, ends = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    until = datetime.fromtimestamp(ends, tz=UTC)
    version = RecallVersion.objects.select_related("recall").filter(pk=number).first()
    return Opened(version, until) if version is not None and clock.now() < until else None
