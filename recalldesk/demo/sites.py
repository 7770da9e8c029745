"""Made-up collection sites near well-known postal codes, brought in by the real importer.

Guarantee: run again, it brings in nothing twice.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.disposal.actions import report_refusal
from recalldesk.disposal.importing.run import Asked, import_sites
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import Refused
from recalldesk.foundation import clock

FOLDER, LIST = "made-up-sites", "Made-up sites"
TURNED_AWAY: Mapping[str, tuple[Refused, ...]] = {
    "MU-002": (Refused.RESIDENTS,),
    "MU-003": (Refused.NOT_RECALLED,) * 3,
}
"""What made-up owners say of some, by their number in the file: two a day, the newest first."""


def bring_sites(*, examples: Path, by: Staff) -> int:
    """Takes the file in; how many sites are new."""
    path = examples / FOLDER / "sites.csv"
    if not path.exists():
        return 0
    taken = import_sites(path=path, by=by, asked=Asked(source=LIST))
    sites = CollectionSite.objects.filter(source=LIST, outside_id__in=TURNED_AWAY)
    for site in sites.filter(closed_at__isnull=True):
        for place, reason in enumerate(TURNED_AWAY[site.outside_id]):
            form = f"made-up owner {place} of {site.outside_id}"
            at = clock.now() - timedelta(days=place // 2)
            report_refusal(site_id=site.pk, reason=reason, recall_id=None, form=form, at=at)
    return taken.added
