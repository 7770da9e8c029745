"""A process that prepares the recall of a measurement, or looks at what became of the claims."""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob

from benchmarks.child import Measured
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.demo.firm import APPROVER, AUTHOR, demo_staff
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, Purpose
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.units.actions import approve_for_publication, publish_version
from recalldesk.units.taking import take_serials
from tests.cast import recall_text
from tests.made_pictures import fill_in

SLUG = "kettle-k20"
PATIENCE = 300
PERIODIC = ("jobs.", "claims.go_on", "claims.remind_drafts", "claims.erase_drafts")


def prepare(path: Path, units: int) -> None:
    """Publishes the kettle's recall with the serials of a file."""
    call_command("migrate", verbosity=0, interactive=False)
    version = apply_recall_file(
        text=recall_text(SLUG, units=units), by=demo_staff(AUTHOR, "Author")
    ).version
    fill_in(version)
    take_serials(recall=version.recall, path=path, by=demo_staff(AUTHOR, "Author"), replace=True)
    approver = demo_staff(APPROVER, "Approver")
    version.refresh_from_db()
    publish_version(version=approve_for_publication(version=version, by=approver), by=approver)


def unfinished() -> int:
    """Jobs that are being done, or could be now."""
    jobs = ProcrastinateJob.objects.filter(status__in=("todo", "doing"))
    return sum(
        job.status == "doing" or job.scheduled_at is None or job.scheduled_at <= clock.now()
        for job in jobs
        if not job.task_name.startswith(PERIODIC)
    )


def wait_for_jobs() -> float:
    """Waits until nothing is left to do; returns the seconds that took."""
    began = time.monotonic()
    while unfinished() and time.monotonic() - began < PATIENCE:
        time.sleep(0.5)
    return time.monotonic() - began


class Found:
    """What is wrong, counted by kind."""

    def __init__(self) -> None:
        self.wrong: Counter[str] = Counter()

    def judge(self, kind: str, is_right: bool) -> None:
        """Counts what is not as it must be."""
        self.wrong[kind] += not is_right

    def filing(self, told: dict[str, Any]) -> None:
        """One acknowledged filing, held against what its owner was told and gave."""
        filing = Filing.objects.select_related("recall", "version").filter(key=told["key"]).first()
        if filing is None or filing.state != FilingState.FILED or filing.filed_at is None:
            self.wrong["lost"] += 1
            return
        self.judge("lost", filing.reference == told["reference"])
        seen = seen_filing(filing)
        serials = sorted(unit.serial for unit in seen.units)
        self.judge("wrong units", serials == sorted(told["serials"] or [""]))
        self.judge("wrong owner", seen.email == told["email"])
        filed = StateChange.objects.filter(
            subject=Subject.FILING, subject_id=filing.pk, to_state=FilingState.FILED
        )
        self.judge("filed more than once", filed.count() == 1)
        self.judge("agreements", filing.agreements.count() == 4)
        self._letters(filing)

    def _letters(self, filing: Filing) -> None:
        states = set(filing.claims.values_list("state", flat=True))
        expected: Counter[str] = Counter()
        if states - {ClaimState.DUPLICATE}:
            expected[Purpose.CLAIM_FILED.value] = 1
        if ClaimState.DUPLICATE in states:
            expected[Purpose.STAGE.value] = 1
        expected[Purpose.STAGE.value] += _written_by_the_rule(filing)
        expected = +expected
        rows = Mailing.objects.filter(filing_id=filing.pk).exclude(purpose=Purpose.DRAFT_LINK)
        self.judge("letters", Counter(rows.values_list("purpose", flat=True)) == expected)


def _written_by_the_rule(filing: Filing) -> int:
    """How many of its claims were approved, or asked for one more photo, each with a letter."""
    claims = filing.claims.values_list("pk", flat=True)
    moves = StateChange.objects.filter(
        subject=Subject.CLAIM, reason__in=[Reason.PHOTO_ASKED, Reason.BY_RULE]
    )
    return moves.filter(subject_id__in=list(claims)).count()


def judge(told: list[dict[str, Any]]) -> dict[str, Any]:
    """What became of everything that was acknowledged, and of all that lies in the tables."""
    found = Found()
    for each in told:
        found.filing(each)
    acknowledged = Counter(each["email"] for each in told)
    filed = Filing.objects.filter(state=FilingState.FILED).select_related("recall", "version")
    by_owner = Counter(seen_filing(filing).email for filing in filed)
    # An owner who was told nothing yet may have filed all the same: that is lost to nobody.
    found.wrong["doubled"] += sum((by_owner - acknowledged).values())
    found.wrong["lost"] += sum((acknowledged - by_owner).values())
    claimed = {serial for each in told for serial in each["serials"]}
    held = Claim.objects.filter(holds_unit=True)
    found.judge("holders", held.count() == len(claimed))
    twice = held.values("unit_digest").annotate(count=Count("pk")).filter(count__gt=1)
    found.judge("holders", not twice.exists())
    found.wrong["stuck in checking"] += _stuck()
    _judge_mail(found)
    for status in ("doing", "failed"):
        found.wrong[f"jobs {status}"] += ProcrastinateJob.objects.filter(status=status).count()
    return {
        "wrong": dict(found.wrong),
        "filed": filed.count(),
        "drafts": Filing.objects.filter(state=FilingState.DRAFT).count(),
        "claims": Claim.objects.exclude(state=ClaimState.DRAFT).count(),
        "states": dict(Counter(Claim.objects.values_list("state", flat=True))),
        "letters": Mailing.objects.count(),
    }


def _stuck() -> int:
    checking = Claim.objects.filter(state=ClaimState.CHECKING).select_related("evidence")
    return sum(
        not claim.evidence.photos.filter(state__in=("received", "scanning")).exists()
        for claim in checking
    )


def _judge_mail(found: Found) -> None:
    """Each was sent, and whoever got one twice got it under the same name: one file."""
    rows = Mailing.objects.all()
    found.wrong["not sent"] += rows.exclude(state=MailingState.SENT).count()
    names = {row.random_id.hex for row in rows}
    files = [path.stem for path in Path(settings.MAIL_FOLDER).glob("*.eml")]
    found.wrong["letters in the folder"] += len(set(files) ^ names) + len(files) - len(set(files))


def main(what: str, path: Path, units: int) -> None:
    """Prepares with the serials of a file, or judges what a file tells."""
    measured = Measured()
    if what == "prepare":
        prepare(path, units)
        measured.tell()
        return
    waited = wait_for_jobs()
    left = unfinished()
    measured.tell(waited=waited, left=left, **judge(json.loads(path.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
