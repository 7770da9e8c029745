"""Sites of a file on their way into the rows, and what of them is new.

Guarantees: a site is named once; a line that says nothing new changes nothing; what a person of the
desk changed stays as it is, unless the file is told to go before it; only what a file says itself
is changed, so that a list without hours leaves them.
"""

import hashlib
from collections.abc import Iterable

from recalldesk.accounts.models import Staff
from recalldesk.disposal.importing.site_rows import SiteRow
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import SiteKind
from recalldesk.foundation import clock

AT_ONCE = 1_000
Numbered = tuple[int, SiteRow]
CHANGED = [
    "outside_id",
    "name",
    "kind",
    "address",
    "city",
    "region",
    "postal_code",
    "country",
    "phone",
    "hours",
    "residents_only",
    "takes",
    "checked_on",
    "checked_by",
    "latitude",
    "longitude",
    "is_place_exact",
    "by_desk",
    "closed_at",
    "closed_by",
    "changed_at",
]


class Storing:
    """What a file brings. `file_id`: the file's number, whose row is written last; `kept`: sites of
    which something that the desk wrote stays; `stay_closed`: those that the desk closed."""

    def __init__(self, source: str, by: Staff, file_id: int, *, before_desk: bool) -> None:
        self.source, self.file_id = source, file_id
        self.added = self.changed = self.kept = self.stay_closed = 0
        self.met: set[str] = set()
        self._by, self._before_desk = by, before_desk

    def add(self, rows: Iterable[Numbered]) -> None:
        """Keeps what is new of these sites, by their lines."""
        waiting = list(rows)
        for start in range(0, len(waiting), AT_ONCE):
            self._store(waiting[start : start + AT_ONCE])

    def _store(self, rows: list[Numbered]) -> None:
        named: dict[str, Numbered] = {}
        for line, row in rows:
            named.setdefault(identity_of(self.source, row), (line, row))
        found = CollectionSite.objects.select_for_update(no_key=True)
        known = {each.identity: each for each in found.filter(identity__in=named)}
        new, changed = [], []
        for identity, (line, row) in named.items():
            if identity in self.met:
                continue  # an earlier line said the same
            self.met.add(identity)
            site = known.get(identity)
            if site is None:
                new.append(self._new(identity, line, row))
            elif self._is_changed(site, row):
                changed.append(site)
        CollectionSite.objects.bulk_create(new)
        CollectionSite.objects.bulk_update(changed, CHANGED)
        self.added += len(new)
        self.changed += len(changed)

    def _new(self, identity: str, line: int, row: SiteRow) -> CollectionSite:
        values = {"kind": SiteKind.OTHER, **row.values}
        return CollectionSite(
            source=self.source,
            identity=identity,
            brought_by_id=self.file_id,
            line=line,
            **values,
        )

    def _is_changed(self, site: CollectionSite, row: SiteRow) -> bool:
        """Writes what is new into the site; whether anything was."""
        said = dict(row.values)
        if not said.get("is_place_exact") and site.is_place_exact:
            for name in ("latitude", "longitude", "is_place_exact"):
                del said[name]  # a later list without positions takes none away
        new = {name for name, value in said.items() if getattr(site, name) != value}
        by_desk = new & set(site.by_desk)
        if by_desk and not self._before_desk:
            self.kept += 1
            new -= by_desk
        for name in new:
            setattr(site, name, said[name])
        if by_desk and self._before_desk:
            site.by_desk = [each for each in site.by_desk if each not in by_desk]
        is_open_again = self._opens(site)
        if new or is_open_again:
            site.changed_at = clock.now()
        return bool(new) or is_open_again

    def _opens(self, site: CollectionSite) -> bool:
        """Whether a site that a file had closed is open again; one that the desk closed is not."""
        if site.closed_at is None:
            return False
        if site.closed_by_id is not None and not self._before_desk:
            self.stay_closed += 1
            return False
        site.closed_at = site.closed_by = None
        return True

    def close_missing(self) -> int:
        """Closes the open sites of this list that the file does not name; how many."""
        rows = CollectionSite.objects.filter(source=self.source, closed_at__isnull=True)
        names = rows.values_list("pk", "identity").iterator(chunk_size=10_000)
        missing = [number for number, identity in names if identity not in self.met]
        now = clock.now()
        for start in range(0, len(missing), 10_000):
            CollectionSite.objects.filter(pk__in=missing[start : start + 10_000]).update(
                closed_at=now, closed_by=None, changed_at=now
            )
        return len(missing)


def identity_of(source: str, row: SiteRow) -> str:
    """By what a later file of the same list names the same site."""
    return hashlib.sha256("\x1f".join((source, *row.identity)).encode()).hexdigest()
