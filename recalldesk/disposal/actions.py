"""What becomes of sites: owners who were turned away, what the desk learned, and what it changes.

Guarantees: the same form counts once; nothing that an owner says is kept but the site, the reason
and the moment; what a person changes is in the log and stands before what files say.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.disposal.errors import SitesRefused, SiteUnknown
from recalldesk.disposal.models import CollectionSite, SiteRefusal
from recalldesk.disposal.postal_codes import exact_code, normal_code
from recalldesk.disposal.states import Refused, Takes
from recalldesk.foundation import clock

EDITED = (
    *("name", "kind", "address", "city", "region", "postal_code", "phone", "hours"),
    *("residents_only", "latitude", "longitude", "is_place_exact"),
)
"""What a person of the desk may write anew."""
OPEN, CLOSED = "open", "closed"


@transaction.atomic
def report_refusal(
    *, site_id: int, reason: Refused, recall_id: int | None, form: str, at: datetime | None = None
) -> bool:
    """Keeps that an owner was turned away; whether it is new. `form`: the token of the form; `at`:
    when, if not now. Raises SiteUnknown."""
    site = CollectionSite.objects.filter(pk=site_id, closed_at__isnull=True).first()
    if site is None:
        raise SiteUnknown
    refusal, is_new = SiteRefusal.objects.get_or_create(
        form_key=hashlib.sha256(form.encode()).hexdigest(),
        defaults={
            "site": site,
            "reason": reason,
            "recall_id": recall_id,
            "at": at or clock.now(),
        },
    )
    if is_new:
        record_change(
            subject=Subject.SITE,
            subject_id=refusal.site_id,
            from_state=OPEN,
            to_state=OPEN,
            reason=Reason.TURNED_AWAY,
            actor=Actor.OWNER,
            recall_id=recall_id,
        )
    return is_new


@transaction.atomic
def note_asked(*, site_id: int, takes: Takes, by: Staff, on: date | None = None) -> CollectionSite:
    """Somebody of the desk asked there: what they said, today. What owners said before was looked
    at with it, and where the answer is yes is shown no more. Raises NotPermitted, SiteUnknown."""
    require(by, Permission.MANAGE_SITES)
    site = _locked(site_id)
    site.takes, site.checked_on, site.checked_by = takes, on or clock.now().date(), by.name[:80]
    _by_desk(site, "takes", "checked_on", "checked_by")
    waiting = site.refusals.filter(set_aside_at__isnull=True)
    if takes is Takes.YES:
        waiting.update(set_aside_at=clock.now(), looked_at=clock.now())
    else:
        waiting.filter(looked_at__isnull=True).update(looked_at=clock.now())
    _log(site, by, reason=Reason.ASKED_THERE)
    return site


@transaction.atomic
def change_site(*, site_id: int, values: Mapping[str, object], by: Staff) -> CollectionSite:
    """Writes fields of a site anew; those that are as they were stay the file's. Raises
    NotPermitted, SiteUnknown, SitesRefused."""
    require(by, Permission.MANAGE_SITES)
    site = _locked(site_id)
    changed = [name for name in EDITED if name in values and getattr(site, name) != values[name]]
    if "name" in changed and not str(values["name"]).strip():
        raise SitesRefused("The site has no name.", "Write what it is called.")
    for name in changed:
        setattr(site, name, values[name])
    if "postal_code" in changed and not site.is_place_exact:
        _move_with_code(site)
    if changed:
        _by_desk(site, *changed)
        _log(site, by)
    return site


def _move_with_code(site: CollectionSite) -> None:
    """A site whose position is that of its postal code lies where the new one does."""
    found = exact_code(normal_code(site.postal_code, site.country), site.country)
    if found is None:
        raise SitesRefused("This postal code is not known.", "Owners would not find the site.")
    site.latitude, site.longitude = found.position.latitude, found.position.longitude


@transaction.atomic
def close_site(*, site_id: int, by: Staff) -> CollectionSite:
    """Shows a site to nobody any more. Raises NotPermitted, SiteUnknown."""
    require(by, Permission.MANAGE_SITES)
    site = _locked(site_id)
    if site.closed_at is None:
        site.closed_at, site.closed_by, site.changed_at = clock.now(), by, clock.now()
        site.save()
        site.refusals.filter(looked_at__isnull=True).update(looked_at=clock.now())
        _log(site, by, before=OPEN)
    return site


@transaction.atomic
def open_site(*, site_id: int, by: Staff) -> CollectionSite:
    """Shows a closed site again. Raises NotPermitted, SiteUnknown."""
    require(by, Permission.MANAGE_SITES)
    site = _locked(site_id)
    if site.closed_at is not None:
        site.closed_at, site.closed_by, site.changed_at = None, None, clock.now()
        site.save()
        _log(site, by, before=CLOSED)
    return site


@transaction.atomic
def look_at_refusal(*, refusal_id: int, by: Staff, set_aside: bool) -> SiteRefusal:
    """A person looked at what an owner said; set aside, it is shown no more. Raises NotPermitted,
    SiteUnknown."""
    require(by, Permission.MANAGE_SITES)
    refusal = (
        SiteRefusal.objects.select_for_update(of=("self",))
        .select_related("site")
        .filter(pk=refusal_id)
        .first()
    )
    if refusal is None:
        raise SiteUnknown
    refusal.looked_at = refusal.looked_at or clock.now()
    if set_aside and refusal.set_aside_at is None:
        refusal.set_aside_at = clock.now()
    refusal.save()
    _log(refusal.site, by, reason=Reason.LOOKED_AT)
    return refusal


def _locked(site_id: int) -> CollectionSite:
    site = CollectionSite.objects.select_for_update(of=("self",)).filter(pk=site_id).first()
    if site is None:
        raise SiteUnknown
    return site


def _by_desk(site: CollectionSite, *names: str) -> None:
    site.by_desk = sorted({*site.by_desk, *names})
    site.changed_at = clock.now()
    site.save()


def _log(site: CollectionSite, by: Staff, *, before: str = "", reason: Reason | str = "") -> None:
    now = CLOSED if site.closed_at else OPEN
    record_change(
        subject=Subject.SITE,
        subject_id=site.pk,
        from_state=before or now,
        to_state=now,
        reason=reason,
        actor_id=by.pk,
    )
