"""A second demo in the same folder changes nothing, says so, and has its files again; an example
that a newer release brings otherwise is published anew, with the serials that it has."""

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from recalldesk.demo import firm as demo
from recalldesk.demo.lists import MadeUpList
from recalldesk.demo.overrides import reasons_for
from recalldesk.demo.terms import text_for_demo
from recalldesk.pictures.reads import pictures_known
from recalldesk.recalls.linting import notice_findings_of, open_errors
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import live_recall
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.units.actions import approve_for_publication, override_finding, publish_version
from recalldesk.units.publication import standing_findings
from recalldesk.units.reads import count_covered
from tests.portal.published import EXAMPLES, SHORT, firm, short_lists

pytestmark = pytest.mark.django_db
A1263 = "anker-a1263"


def serials(file: Path) -> bytes:
    with gzip.open(file) as lines:
        return lines.read()


def test_a_lost_file_is_written_again_as_it_was_published(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "made_up_lists", short_lists)
    files = sorted(published.glob("*-serials.csv.gz"))
    before = [serials(file) for file in files]
    files[0].unlink()
    firm(published).publish_all()
    assert [serials(file) for file in files] == before


def test_another_number_of_units_is_said_to_change_nothing(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def longer(_units: int) -> list[MadeUpList]:
        return [
            replace(entry, count=2 * SHORT) if entry.name == "a1263" else entry
            for entry in short_lists(SHORT)
        ]

    monkeypatch.setattr(demo, "made_up_lists", longer)
    firm(published).publish_all()
    said = capsys.readouterr().out
    assert f"a1263: published already with {SHORT:,} serials" in said
    assert f"remove the folder {published} to begin anew" in said
    assert said.count("published already") == 1


def test_an_example_that_is_another_by_now_is_published_anew(
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(demo, "made_up_lists", short_lists)
    folder = tmp_path / "examples" / A1263
    shutil.copytree(EXAMPLES / A1263, folder)
    text = (folder / "recall.toml").read_text(encoding="utf-8")
    (folder / "recall.toml").write_text(
        text.replace('un_number = "UN3480"', 'un_number = "UN3481"')
    )
    before = live_recall(A1263)
    for _ in range(2):
        replace(firm(published), examples=tmp_path / "examples").publish_all()
    after = live_recall(A1263)
    assert before is not None
    assert after is not None
    assert after.version == before.version + 1
    assert "UN3481" in after.document.model_dump_json()
    counted = [
        count_covered(RecallVersion.objects.get(pk=each.version_id)) for each in (before, after)
    ]
    assert counted[0] == counted[1]
    said = capsys.readouterr().out
    assert f"{A1263}: version 2 is live" in said
    assert said.count(f"{A1263}: live already") == 1


def test_the_demo_alone_has_no_wait_before_ordering(published: Path) -> None:
    live = live_recall(A1263)
    assert live is not None
    assert live.document.review.wait_before_order_days == 0
    text = (EXAMPLES / A1263 / "recall.toml").read_text(encoding="utf-8")
    assert read_recall_file(text).review.wait_before_order_days == 7
    own = f"{text}\n[review]\nby_rule = false\n"
    assert read_recall_file(text_for_demo(own)).review == read_recall_file(own).review


def test_a_draft_waits_at_the_desk_and_is_made_once(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "made_up_lists", short_lists)
    desk = firm(published)
    before = live_recall(A1263)
    assert before is not None
    for _ in range(2):
        desk.publish_all()
        desk.send_a_draft(A1263)
    draft = RecallVersion.objects.get(recall_id=before.recall_id, state="draft")
    assert (draft.number, draft.requests.count()) == (before.version + 1, 1)
    assert {each.finding.rule for each in notice_findings_of(draft)} == {
        each.finding.rule
        for each in notice_findings_of(RecallVersion.objects.get(pk=before.version_id))
    }
    errors = [each.finding for each in open_errors(draft)]
    approved = approve_for_publication(
        version=draft, by=desk.approver, overrides=reasons_for(errors)
    )
    for standing in standing_findings(approved):
        for person in (desk.author, desk.approver):
            override_finding(
                version=approved, finding=standing.finding, by=person, note="A short demo."
            )
    publish_version(version=approved, by=desk.approver)
    desk.publish_all()
    desk.send_a_draft(A1263)
    after = live_recall(A1263)
    assert after is not None
    assert after.version == before.version + 1
    assert not RecallVersion.objects.filter(recall_id=before.recall_id, state="draft").exists()
    assert capsys.readouterr().out.count("a draft waits for approval") == 1


def test_the_demo_alone_shows_photographs_and_says_that_they_are_made_up(published: Path) -> None:
    live = live_recall(A1263)
    assert live is not None
    assert "products[a1263].photographs" in live.document.made_up
    assert set(pictures_known(live)) == {"a1263-front.jpg", "a1263-label.jpg"}
    text = (EXAMPLES / A1263 / "recall.toml").read_text(encoding="utf-8")
    assert read_recall_file(text).products[0].photographs == ()
    other = (EXAMPLES / "made-up-vehicles" / "recall.toml").read_text(encoding="utf-8")
    assert "photographs" not in text_for_demo(other)
