"""A file that does not hold together yet is kept beside the versions, and lost by nobody."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.recalls import keeping
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.errors import NameTaken
from recalldesk.recalls.keeping import (
    AnotherFile,
    ChangedMeanwhile,
    CommentsAlone,
    WrittenFile,
    begin_recall,
    drop_unfinished,
    go_on_with_unfinished,
    keep_text,
    never_complete,
    written_file,
)
from recalldesk.recalls.models import Recall, UnfinishedFile
from recalldesk.recalls.starting import empty_text
from tests.cast import SLUG, Cast, Desk, recall_text

HALF = recall_text().replace('"US"', '"usa"')


def there() -> WrittenFile:
    file = written_file(SLUG)
    assert file is not None
    return file


def test_a_new_recall_that_is_not_complete_has_no_row_among_recalls(cast: Cast) -> None:
    kept = begin_recall(slug="lamp", text=empty_text("lamp", ("en",)), by=cast.author)
    assert kept.applied is None
    assert {"firm", "brands", "products"} <= {each.field for each in kept.problems}
    assert not Recall.objects.exists()
    assert [each.slug for each in never_complete()] == ["lamp"]
    with pytest.raises(NameTaken):
        begin_recall(slug="lamp", text=empty_text("lamp", ("es",)), by=cast.author)


def test_two_who_begin_the_same_in_one_moment_get_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_recall(slug="lamp", text=empty_text("lamp", ("en",)), by=cast.author)
    monkeypatch.setattr(keeping, "written_file", lambda _slug: None)
    with pytest.raises(NameTaken):
        begin_recall(slug="lamp", text=empty_text("lamp", ("es",)), by=cast.approver)
    assert UnfinishedFile.objects.get().text == empty_text("lamp", ("en",))


def test_the_unfinished_text_is_the_recalls_file_until_it_holds_together(
    kettles: Desk, cast: Cast
) -> None:
    draft = kettles.apply()
    assert keep_text(slug=SLUG, text=HALF, seen=there().digest, by=cast.approver).problems
    assert (there().text, there().version) == (HALF, draft)
    kept = keep_text(slug=SLUG, text=recall_text(units=9), seen=there().digest, by=cast.author)
    assert kept.applied is not None
    assert kept.applied.version == draft
    assert there().unfinished is None
    assert {each.by for each in draft.contributions.all()} == {cast.author, cast.approver}


def test_a_comment_that_was_typed_while_it_was_mended_stays_in_the_draft(
    kettles: Desk, cast: Cast
) -> None:
    draft = kettles.apply()
    keep_text(slug=SLUG, text=HALF, seen=there().digest, by=cast.author)
    noted = f"{recall_text()}# the price is being checked\n"
    kept = keep_text(slug=SLUG, text=noted, seen=there().digest, by=cast.author)
    assert kept.applied is not None
    assert (kept.applied.version, kept.applied.changes) == (draft, ())
    assert (there().text, there().unfinished) == (noted, None)


def test_comments_that_no_draft_can_take_are_refused_and_what_is_unfinished_stays(
    kettles: Desk, cast: Cast
) -> None:
    kettles.approved()
    keep_text(slug=SLUG, text=HALF, seen=there().digest, by=cast.author)
    noted = f"{recall_text()}# the price is being checked\n"
    with pytest.raises(CommentsAlone, match="Only comments or layout differ from version 1"):
        keep_text(slug=SLUG, text=noted, seen=there().digest, by=cast.author)
    assert there().text == HALF
    same = keep_text(slug=SLUG, text=recall_text(), seen=there().digest, by=cast.author)
    assert same.applied is not None
    assert not same.applied.changed
    assert there().unfinished is None


def test_nobody_overwrites_what_they_have_not_seen(kettles: Desk, cast: Cast) -> None:
    kettles.apply()
    seen = there().digest
    keep_text(slug=SLUG, text=HALF, seen=seen, by=cast.author)
    with pytest.raises(ChangedMeanwhile):
        keep_text(slug=SLUG, text=recall_text(units=9), seen=seen, by=cast.approver)
    with pytest.raises(ChangedMeanwhile):
        drop_unfinished(slug=SLUG, seen=seen, by=cast.approver)
    assert there().text == HALF


def test_a_file_applied_meanwhile_is_not_overwritten_unseen(kettles: Desk, cast: Cast) -> None:
    kettles.apply()
    keep_text(slug=SLUG, text=HALF, seen=there().digest, by=cast.author)
    seen = there().both
    apply_recall_file(text=recall_text(units=7), by=cast.approver)
    assert there().was_overtaken
    with pytest.raises(ChangedMeanwhile):
        keep_text(slug=SLUG, text=recall_text(units=8), seen=there().digest, by=cast.author)
    with pytest.raises(ChangedMeanwhile):
        go_on_with_unfinished(slug=SLUG, seen=seen, by=cast.author)
    go_on_with_unfinished(slug=SLUG, seen=there().both, by=cast.author)
    assert not there().was_overtaken
    assert keep_text(
        slug=SLUG, text=recall_text(units=8), seen=there().digest, by=cast.author
    ).applied


def test_each_move_stands_in_the_log(kettles: Desk, cast: Cast) -> None:
    draft = kettles.apply()
    keep_text(slug=SLUG, text=HALF, seen=there().digest, by=cast.author)
    drop_unfinished(slug=SLUG, seen=there().both, by=cast.approver)
    rows = StateChange.objects.filter(subject=Subject.UNFINISHED_FILE).order_by("pk")
    assert [(row.from_state, row.to_state, row.actor_id, row.recall_id) for row in rows] == [
        ("", "unfinished", cast.author.pk, draft.recall_id),
        ("unfinished", "dropped", cast.approver.pk, draft.recall_id),
    ]


def test_the_file_of_another_recall_is_refused(kettles: Desk, cast: Cast) -> None:
    kettles.apply()
    with pytest.raises(AnotherFile):
        keep_text(slug=SLUG, text=recall_text("other"), seen=there().digest, by=cast.author)


def test_a_viewer_and_somebody_who_left_keep_nothing(kettles: Desk, cast: Cast) -> None:
    kettles.apply()
    for person in (cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            keep_text(slug=SLUG, text=HALF, seen=there().digest, by=person)
        with pytest.raises(NotPermitted):
            begin_recall(slug="lamp", text=HALF, by=person)
    assert not UnfinishedFile.objects.exists()
