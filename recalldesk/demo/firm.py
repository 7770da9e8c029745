"""Publishes the examples as a firm would: one person writes, another approves, both answer for it.

Guarantee: run again, it changes nothing that is live already, but for an example whose file is
another by now; a file of serials that was lost is written again as it was.
"""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from recalldesk.accounts.actions import add_staff
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.reads import staff_at
from recalldesk.audit.states import Reason
from recalldesk.demo.drafted import send_a_draft, with_one_question_more
from recalldesk.demo.gift_codes import stock_gift_codes
from recalldesk.demo.lists import MadeUpList, form_of, made_up_lists
from recalldesk.demo.made_up_serials import write_serial_file
from recalldesk.demo.overrides import reasons_for
from recalldesk.demo.partners import bring_partners
from recalldesk.demo.pictures import drawn_picture
from recalldesk.demo.publicity import do_in_public
from recalldesk.demo.reports import bring_in_reports
from recalldesk.demo.sites import bring_sites
from recalldesk.demo.terms import text_for_demo
from recalldesk.pictures.actions import PictureFile, take_pictures
from recalldesk.pictures.reads import missing_pictures
from recalldesk.recalls.actions import apply_recall_file, override_notice_finding
from recalldesk.recalls.lint.findings import Finding
from recalldesk.recalls.linting import open_errors
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import LiveRecall, live_recall, recall_named
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.states import VersionState
from recalldesk.units.actions import (
    approve_for_publication,
    override_finding,
    publish_version,
    settle_rejects,
)
from recalldesk.units.facts import unsettled_rejects
from recalldesk.units.importing.run import Progress
from recalldesk.units.models import SerialImport
from recalldesk.units.publication import standing_findings
from recalldesk.units.reads import count_covered
from recalldesk.units.taking import take_serials

Tell = Callable[[str], None]
AUTHOR, APPROVER = "author@demo.example", "approver@demo.example"


@dataclass(frozen=True)
class DemoFirm:
    """The two made-up people, where files are kept, and `anew`: how to begin with nothing."""

    author: Staff
    approver: Staff
    examples: Path
    folder: Path
    a1263_units: int
    anew: str
    tell: Tell
    progress_bar: Callable[[], AbstractContextManager[Callable[[Progress], None]]]
    working: Callable[[str], AbstractContextManager[object]]

    def publish_all(self) -> None:
        """Every example, live."""
        lists = made_up_lists(self.a1263_units)
        for file in sorted(self.examples.glob("*/recall.toml")):
            slug = file.parent.name
            named = [entry for entry in lists if entry.example == slug]
            live = live_recall(slug)
            if live is None or self._is_outdated(live, file):
                self._publish(file, named)
            else:
                self.tell(f"  {slug}: live already")
            if live is not None:
                self._look_after(live, named)

    def stock_up(self) -> None:
        """Gift codes, so that remedies can be handed out; sites, so that units find a place."""
        if count := stock_gift_codes(folder=self.folder, by=self.author):
            self.tell(f"  {count:,} made-up gift codes came in")
        if count := bring_sites(examples=self.examples, by=self.author):
            self.tell(f"  {count:,} made-up collection sites came in")

    def send_a_draft(self, example: str) -> None:
        """One that waits at the desk."""
        if send_a_draft(file=self.examples / example / "recall.toml", by=self.author):
            self.tell(f"  {example}: a draft waits for approval at the desk")

    def bring_in_reports(self, example: str) -> None:
        """Made-up reports of incidents, reported to a made-up authority."""
        taken = bring_in_reports(folder=self.examples / example, by=self.author)
        if taken is not None:
            self.tell(f"  {example}: {taken.tally.accepted} made-up incident reports came in")

    def do_in_public(self, example: str) -> None:
        """A home page, posts, looks at auction sites and hits, all made up."""
        if do_in_public(example, folder=self.folder, by=self.author):
            self.tell(f"  {example}: a made-up week of hits, posts and looks came in")

    def tell_partners(self, example: str) -> None:
        """Made-up shops and a distributor, told to stop selling."""
        if bring_partners(example, by=self.author):
            self.tell(f"  {example}: made-up partners were told to stop selling")

    def _is_outdated(self, live: LiveRecall, file: Path) -> bool:
        """Whether the demo itself published it, from a file that said something else."""
        version = RecallVersion.objects.get(pk=live.version_id)
        text = file.read_text(encoding="utf-8")
        known = (text_for_demo(text), with_one_question_more(text))
        return version.author_id == self.author.pk and all(
            live.document != read_recall_file(each) for each in known
        )

    def _look_after(self, live: LiveRecall, lists: list[MadeUpList]) -> None:
        """Says where another number was asked for; writes lost files again, as published."""
        if not lists:
            return
        counts = count_covered(RecallVersion.objects.get(pk=live.version_id))
        for entry in lists:
            published = counts[entry.name].serials
            if published != entry.count:
                self.tell(
                    f"  {entry.name}: published already with {published:,} serials; "
                    f"{self.anew} to begin anew"
                )
            if not self._file_of(entry).exists():
                self.tell(f"  {entry.name}: writing the file of made-up serials again …")
                self._made_up_file(replace(entry, count=published))

    def _publish(self, file: Path, lists: list[MadeUpList]) -> None:
        """Makes a version of the file live. A first one gets its serials; a later one has them."""
        text = text_for_demo(file.read_text(encoding="utf-8"))
        version = apply_recall_file(text=text, by=self.author).version
        slug = version.recall.slug
        if version.state == VersionState.DRAFT:
            if version.number == 1:
                self._bring_in(version, file, lists)
            self._bring_pictures(version)
            errors = [error.finding for error in open_errors(version)]
            version = approve_for_publication(
                version=version, by=self.approver, overrides=reasons_for(errors)
            )
            self._tell_overrides(errors)
        self._settle(slug)
        self._override(version)
        self._override_notice(version)
        with self.working(f"  {slug}: building the index …"):
            publish_version(version=version, by=self.approver)
        self.tell(f"  {slug}: version {version.number} is live")

    def _bring_in(self, version: RecallVersion, file: Path, lists: list[MadeUpList]) -> None:
        for entry in lists:
            self._report(self._import(version, self._made_up_file(entry), entry.name))
        for ranges in sorted(file.parent.glob("ranges*.csv"), reverse=True):
            self._report(self._import(version, ranges, ""))

    def _bring_pictures(self, version: RecallVersion) -> None:
        """Draws the pictures that the version names and no earlier one has."""
        slug, missing = version.recall.slug, missing_pictures(version)
        if missing:
            files = [PictureFile(name, partial(drawn_picture, slug, name)) for name in missing]
            take_pictures(recall=version.recall, files=files, by=self.author)
            self.tell(f"  {slug}: drew {', '.join(missing)}")

    def _file_of(self, entry: MadeUpList) -> Path:
        return self.folder / f"{entry.name}-serials.csv.gz"

    def _made_up_file(self, entry: MadeUpList) -> Path:
        path = self._file_of(entry)
        write_serial_file(path, entry.serials(form_of(entry, self.examples)))
        return path

    def _import(self, version: RecallVersion, path: Path, name: str) -> SerialImport:
        with self.progress_bar() as told:
            return take_serials(
                recall=version.recall,
                path=path,
                by=self.author,
                list_name=name,
                made=name.endswith("-made"),
                reject_file=self.folder / f"{path.name}.rejects.csv",
                progress=told,
            ).report

    def _report(self, report: SerialImport) -> None:
        self.tell(
            f"  {report.file_name}: {report.lines:,} lines = {report.heading} heading + "
            f"{report.accepted:,} accepted + {report.rejected:,} rejected + "
            f"{report.duplicate:,} duplicate + {report.blank:,} blank"
        )

    def _settle(self, slug: str) -> None:
        """The vehicles' maker sent rejected rows again, corrected: so who did not import them
        settles them."""
        recall = recall_named(slug)
        assert recall is not None
        count = settle_rejects(
            rejects=unsettled_rejects(recall),
            reason=Reason.CORRECTED,
            by=self.approver,
            note="Demo: the maker sent these rows again in ranges-corrected.csv.",
        )
        if count:
            lines = "line" if count == 1 else "lines"
            self.tell(f"  {count} rejected {lines} settled: the maker sent corrections")

    def _tell_overrides(self, errors: list[Finding]) -> None:
        if errors:
            rules = ", ".join(dict.fromkeys(error.rule for error in errors))
            self.tell(f"  overridden by the approver, each with its reason: {rules}")

    def _override_notice(self, version: RecallVersion) -> None:
        """What is still open where an earlier run ended, or an older release approved."""
        errors = [error.finding for error in open_errors(version)]
        for error in errors:
            override_notice_finding(
                version=version,
                finding=error,
                by=self.approver,
                reason=reasons_for([error])[error.name],
            )
        self._tell_overrides(errors)

    def _override(self, version: RecallVersion) -> None:
        """With fewer made-up units than the recall states, two people say that it is a demo."""
        for standing in standing_findings(version):
            if standing.finding.can_be_overridden:
                self.tell(f"  overridden by two people: {standing.finding.message}")
                for person in (self.author, self.approver):
                    override_finding(
                        version=version,
                        finding=standing.finding,
                        by=person,
                        note="Demo with another number of made-up units than the recall states.",
                    )


def demo_staff(email: str, name: str, role: Role = Role.RECALL_MANAGER) -> Staff:
    """A made-up member of staff whose password nobody knows."""
    return staff_at(email) or add_staff(
        email=email,
        name=name,
        role=role,
        password=secrets.token_urlsafe(24),
        by=None,
    )
