"""A process in which a version is made, approved and published, by the actions that firms use."""

import sys
from datetime import datetime
from pathlib import Path

import django

django.setup()

from django.core.management import call_command

from benchmarks.changing_list import CHANGING, STAYING, changing_list, file_of
from benchmarks.child import Measured
from recalldesk.demo.firm import APPROVER, AUTHOR, demo_staff
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import draft_of, recall_named
from recalldesk.units.actions import approve_for_publication, override_finding, publish_version
from recalldesk.units.live import join_lists
from recalldesk.units.publication import standing_findings
from recalldesk.units.taking import take_serials
from tests.made_pictures import fill_in

WHY = "Measured: what a version drops must be told apart while checks run."


def _prepare(units: int) -> None:
    """The tables, the author, and the drafts of both recalls."""
    call_command("migrate", verbosity=0, interactive=False)
    lists = changing_list(units, versions=1)
    for slug in (STAYING, CHANGING):
        applied = apply_recall_file(text=lists.text_of(slug), by=demo_staff(AUTHOR, "Author"))
        fill_in(applied.version)


def _publish(slug: str, path: Path) -> datetime:
    """Makes the file the whole list of the recall, in a version that goes live now.

    Returns when it went live, as it was read just before the commit.
    """
    author, approver = demo_staff(AUTHOR, "Author"), demo_staff(APPROVER, "Approver")
    recall = recall_named(slug)
    assert recall is not None
    take_serials(recall=recall, path=path, by=author, replace=True)
    draft = draft_of(recall)
    assert draft is not None
    version = approve_for_publication(version=draft, by=approver)
    for standing in standing_findings(version):
        for person in (author, approver):
            override_finding(version=version, finding=standing.finding, by=person, note=WHY)
    return _published_at(publish_version(version=version, by=approver))


def _published_at(version: RecallVersion) -> datetime:
    assert version.published_at is not None
    return version.published_at


def main(folder: Path, number: int, units: int) -> None:
    """Publishes one version of the changing list; before the first, also the recall that stays."""
    measured = Measured()
    if number == 1:
        _prepare(units)
        _publish(STAYING, file_of(folder, STAYING, 1))
    live_at = _publish(CHANGING, file_of(folder, CHANGING, number))
    join_lists()
    measured.tell(live_at=live_at.timestamp())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
