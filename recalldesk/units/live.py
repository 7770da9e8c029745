"""The live index of this process: newest versions, opened, and when that was last confirmed.

Guarantees: a serial is judged by whole versions only; when the database cannot confirm for 30
seconds that these are the newest, or an index is missing, the index says that it is not fresh.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from math import inf
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections

from recalldesk.foundation import clock
from recalldesk.recalls.reads import DATABASE_AWAY, LiveRecall, live_recalls
from recalldesk.units.doubt import Doubt, doubts
from recalldesk.units.index.folders import Unneeded
from recalldesk.units.index.joined import build_joined, groups_to_join, name_of, open_joined
from recalldesk.units.index.version_index import open_version
from recalldesk.units.indexing import build_for_version, needed_names
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import LiveVersions

log = structlog.get_logger()
BUILD_AGAIN_AFTER = timedelta(seconds=30)
TIDY_EVERY = timedelta(minutes=1)
NEVER = inf


@dataclass(frozen=True)
class LiveIndex:
    """What is live, as last confirmed. `missing` names indexes that are not at hand yet.

    Here all moments are seconds since 1970.
    """

    live: LiveVersions
    confirmed_at: float
    missing: frozenset[str] = frozenset()

    def is_fresh(self, at: float) -> bool:
        """Whether "not affected" may be said at this moment."""
        return not self.missing and self.confirmed_at <= at <= self.fresh_until

    @cached_property
    def fresh_until(self) -> float:
        """The last moment at which it counts as the newest."""
        stale_after: timedelta = settings.INDEX_STALE_AFTER
        return self.confirmed_at + stale_after.total_seconds()


class _Keeper:
    """Opens versions once and confirms them as often as the settings say."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: dict[Path, KnownVersion] = {}
        self._building: dict[Path, threading.Thread] = {}
        self._index: LiveIndex | None = None
        self._arranged = LiveVersions(())
        self._arranged_of: tuple[object, ...] = ()
        self._began_at: dict[Path, float] = {}
        self._asked_at: float | None = None
        self._calm = (NEVER, NEVER)
        self._unneeded = Unneeded()
        self._tidied_at: float | None = None

    def current(self, at: float) -> LiveIndex | None:
        """The live index, confirmed just now where the database answers; None where none ever was.

        While one thread waits for a slow database, the others go on with what is known.
        """
        if self._calm[0] <= at < self._calm[1]:
            return self._index
        if self._lock.acquire(blocking=self._index is None):
            try:
                self._confirm(at)
            finally:
                self._lock.release()
        return self._index

    def refresh(self) -> None:
        """Confirms now, however lately it was done."""
        with self._lock:
            self._asked_at = None
            self._confirm(clock.seconds())

    def _confirm(self, at: float) -> None:
        """Asks the database, but a silent one no more often than the settings say."""
        known, asked = self._index, self._asked_at
        every = settings.INDEX_CONFIRM_EVERY.total_seconds()
        waits = asked is not None and 0 <= at - asked < every
        if known is not None and waits and (not known.missing or self._is_building()):
            return
        self._asked_at = at
        try:
            self._index = self._confirmed(at)
        except DATABASE_AWAY as error:
            log.warning("index_not_confirmed", error=type(error).__name__)
        else:
            self._tidy(at)
        if self._index is not None and not self._index.missing:
            self._calm = (at, at + every)

    def _tidy(self, at: float) -> None:
        """Removes the indexes that nobody needs, now and then; no answer depends on it."""
        tidied = self._tidied_at
        if tidied is not None and 0 <= at - tidied < TIDY_EVERY.total_seconds():
            return
        self._tidied_at = at
        try:
            needed = needed_names() | {name_of(groups_to_join(self._opened.values()))}
            self._unneeded.remove(Path(settings.INDEX_FOLDER), needed=needed, at=clock.now())
        except (*DATABASE_AWAY, OSError) as error:
            log.warning("index_folder_not_tidied", error=type(error).__name__)

    def _is_building(self) -> bool:
        return any(thread.is_alive() for thread in self._building.values())

    def wait_for_builds(self) -> bool:
        """Waits until what is being built here is finished; says whether anything was."""
        building = [thread for thread in self._building.values() if thread.is_alive()]
        for thread in building:
            thread.join()
        return bool(building)

    def _confirmed(self, at: float) -> LiveIndex:
        live = live_recalls()
        in_doubt = doubts(live)
        folders = {self._folder(entry): entry for entry in live}
        self._opened = {f: v for f, v in self._opened.items() if f in folders}
        missing: set[str] = set()
        for folder, entry in folders.items():
            if folder not in self._opened and not self._open(folder, entry):
                missing.add(entry.slug)
        return LiveIndex(self._arrange(folders, in_doubt), at, frozenset(missing))

    def _arrange(
        self, folders: Mapping[Path, LiveRecall], in_doubt: Mapping[str, Doubt]
    ) -> LiveVersions:
        """What is open, arranged anew only where something changed since the last time."""
        opened = [(f, entry.slug) for f, entry in folders.items() if f in self._opened]
        root, groups = Path(settings.INDEX_FOLDER), groups_to_join(self._opened.values())
        is_joined = (root / name_of(groups)).exists()
        of = (opened, in_doubt, is_joined)
        if of != self._arranged_of:
            none = Doubt()
            versions = tuple(
                replace(
                    self._opened[folder],
                    products_in_doubt=in_doubt.get(slug, none).products,
                    rejected=in_doubt.get(slug, none).lines,
                )
                for folder, slug in opened
            )
            self._arranged = LiveVersions(versions, open_joined(root, groups))
            self._arranged_of = of
        return self._arranged

    def join(self) -> None:
        """Builds the index that joins the small lists of what is open here."""
        build_joined(Path(settings.INDEX_FOLDER), groups_to_join(self._opened.values()))

    def _folder(self, entry: LiveRecall) -> Path:
        return Path(settings.INDEX_FOLDER) / entry.index_name

    def _may_build(self, folder: Path) -> bool:
        """False while a build is under way, and for a while after one that failed."""
        building, began_at = self._building.get(folder), self._began_at.get(folder)
        if building is None or began_at is None:
            return True
        waited = timedelta(seconds=clock.seconds() - began_at)
        return not building.is_alive() and waited >= BUILD_AGAIN_AFTER

    def _open(self, folder: Path, entry: LiveRecall) -> bool:
        """Opens a finished index, or starts building it here from the database."""
        try:
            self._opened[folder] = open_version(folder)
        except Exception as error:
            if self._may_build(folder):
                log.warning("index_missing", recall=entry.slug, error=type(error).__name__)
                thread = threading.Thread(
                    target=build_for_version, args=(entry.version_id,), daemon=True
                )
                self._building[folder] = thread
                self._began_at[folder] = clock.seconds()
                thread.start()
            return False
        return True


_keeper = _Keeper()


def live_index(at: float | None = None) -> LiveIndex | None:
    """The live index of this process, now or at a moment given; None where none was opened."""
    return _keeper.current(clock.seconds() if at is None else at)


def keep_confirming(beside: Callable[[], None]) -> None:
    """Confirms the index for as long as the process lives, so that no request waits for that; and
    does what is to be done beside it each time.

    Requests still do so themselves where this thread is held up.
    """
    while True:
        with suppress(*DATABASE_AWAY):
            close_old_connections()
        try:
            _keeper.refresh()
        except Exception as error:  # whatever it is, requests confirm by themselves meanwhile
            log.exception("index_not_confirmed", error=type(error).__name__)
        try:
            beside()
        except Exception as error:  # as above
            log.exception("not_done_beside", error=type(error).__name__)
        time.sleep(settings.INDEX_CONFIRM_EVERY.total_seconds() / 2)


def wait_for_builds() -> bool:
    """Waits for the indexes that this process is building; says whether there were any."""
    return _keeper.wait_for_builds()


def join_lists() -> None:
    """Builds the index that joins the small lists of all live versions; no answer waits for it.

    Whoever published calls this: until it is there, each list is asked by itself.
    """
    if live_index() is not None:
        _keeper.join()


def forget() -> None:
    """Drops what this process holds, as a new process would start."""
    global _keeper  # noqa: PLW0603 - one live index a process is the point of this module
    _keeper = _Keeper()
