"""A recall grows by a new version, and what an earlier one covered is never lost quietly."""

import pytest

from recalldesk.audit.states import Reason
from recalldesk.recalls.actions import close_recall, draft_for_expansion
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.units import live
from recalldesk.units.actions import publish_version
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.facts import scope_facts
from tests.cast import AFFECTED, FAR, SERIALS, Cast, Desk, recall_text
from tests.units.test_counts_of_a_scope import EXCLUDED, listed, ranged
from tests.units.test_publishing import override

NEW = "TW24088881"


def pattern(text: str, more: str = "") -> str:
    return f'[[scope.patterns]]\npattern = "{text}"\nproducts = ["k20"]\n{more}\n'


def refused_for_dropping(version: RecallVersion, cast: Cast) -> str:
    with pytest.raises(PublicationRefused, match="serials_dropped") as refused:
        publish_version(version=version, by=cast.approver)
    return refused.value.message


def test_a_new_version_with_more_serials(kettles: Desk, cast: Cast) -> None:
    kettles.published()
    assert check_serial(NEW).verdict == "not_affected"
    draft = draft_for_expansion(recall=kettles.recall(), by=cast.author)
    kettles.take(draft, [NEW])
    assert check_serial(NEW).verdict == "not_affected"
    kettles.apply(recall_text(units=6))
    kettles.publish(kettles.approve(draft))
    for serial in (AFFECTED, NEW):
        answer = check_serial(serial)
        assert (answer.verdict, answer.recalls[0].version) == ("affected", 2)


def test_whoever_opens_the_expansion_cannot_approve_it(kettles: Desk, cast: Cast) -> None:
    kettles.published()
    draft = draft_for_expansion(recall=kettles.recall(), by=cast.approver)
    assert draft.number == 2
    with pytest.raises(RecallProblem, match="cannot approve"):
        kettles.approve(draft)


def test_a_recall_without_a_file_is_not_expanded(cast: Cast) -> None:
    with pytest.raises(RecallProblem, match="no version yet"):
        draft_for_expansion(recall=Recall.objects.create(slug="x"), by=cast.author)


def test_dropped_serials_need_two_people(kettles: Desk, cast: Cast) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(units=4))
    kettles.take(draft, SERIALS[1:], replace=True)
    draft = kettles.approve(draft)
    assert "1 serials or ranges" in refused_for_dropping(draft, cast)
    override(draft, Reason.SERIALS_DROPPED, cast.author, cast.approver)
    kettles.publish(draft)
    assert check_serial(AFFECTED).verdict != "affected"


def test_serials_dropped_by_a_version_that_was_never_published_are_still_dropped(
    kettles: Desk, cast: Cast
) -> None:
    kettles.published()
    second = kettles.apply(recall_text(units=4))
    kettles.take(second, SERIALS[1:], replace=True)
    kettles.approve(second)
    third = kettles.approve(kettles.apply(recall_text(units=4, about=True)))
    refused_for_dropping(third, cast)


def test_what_was_dropped_and_published_is_not_asked_about_again(kettles: Desk, cast: Cast) -> None:
    kettles.published()
    second = kettles.apply(recall_text(units=4))
    kettles.take(second, SERIALS[1:], replace=True)
    second = kettles.approve(second)
    override(second, Reason.SERIALS_DROPPED, cast.author, cast.approver)
    kettles.publish(second)
    third = kettles.apply(recall_text())
    kettles.take(third, [NEW])
    kettles.publish(kettles.approve(third))
    assert check_serial(NEW).verdict == "affected"


def test_a_serial_that_came_back_in_the_same_draft_is_not_dropped(kettles: Desk) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(about=True))
    kettles.take(draft, SERIALS[1:], replace=True)
    kettles.take(draft, SERIALS)
    assert scope_facts(draft).dropped == 0


def test_a_list_that_the_file_no_longer_names_is_dropped(kettles: Desk, cast: Cast) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(scope=listed("other"), units=1))
    kettles.take(draft, [NEW], name="other")
    assert "5 serials" in refused_for_dropping(kettles.approve(draft), cast)


def test_a_list_under_another_name_with_the_same_serials_drops_nothing(kettles: Desk) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(scope=listed("other")))
    kettles.take(draft, name="other")
    kettles.publish(kettles.approve(draft))
    assert check_serial(AFFECTED).verdict == "affected"


def test_a_list_that_now_says_what_is_excluded_is_dropped(kettles: Desk, cast: Cast) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(scope=listed("k20", EXCLUDED) + listed("b"), units=1))
    kettles.take(draft, [NEW], name="b")
    refused_for_dropping(kettles.approve(draft), cast)


@pytest.mark.parametrize("more", ["", ranged("TW25000001", "TW25000010")])
def test_serials_newly_excluded_are_dropped(kettles: Desk, cast: Cast, more: str) -> None:
    kettles.published(recall_text(scope=listed("k20") + more, units=15 if more else 5))
    scope = listed("k20") + more + listed("out", EXCLUDED)
    draft = kettles.apply(recall_text(scope=scope, units=14 if more else 4))
    kettles.take(draft, SERIALS[:1], name="out")
    refused_for_dropping(kettles.approve(draft), cast)


def test_serials_excluded_that_were_never_covered_are_not_dropped(kettles: Desk) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(scope=listed("k20") + listed("out", EXCLUDED)))
    kettles.take(draft, [FAR], name="out")
    kettles.publish(kettles.approve(draft))
    assert check_serial(AFFECTED).verdict == "affected"


BEFORE = ranged("TW24050001", "TW24050200")
NARROWED = {
    "a shorter range": (BEFORE, ranged("TW24050001", "TW24050199")),
    "another range": (BEFORE, ranged("TW24060001", "TW24060200")),
    "a range partly excluded": (BEFORE, BEFORE + ranged("TW24050100", "TW24050100", EXCLUDED)),
    "a pattern excluded": (BEFORE, BEFORE + pattern("TW2405001*", EXCLUDED)),
    "another pattern": (pattern("TW2405*"), pattern("TW2406*")),
    "a longer pattern": (pattern("TW2405*"), pattern("TW24050*")),
}


@pytest.mark.parametrize("name", NARROWED)
def test_a_scope_that_the_file_narrows_is_seen(kettles: Desk, cast: Cast, name: str) -> None:
    before, after = NARROWED[name]
    kettles.published(recall_text(scope=before, units=200), serials=None)
    draft = kettles.approve(kettles.apply(recall_text(scope=after, units=200)))
    refused_for_dropping(draft, cast)


WIDENED = {
    "a longer range": (BEFORE, ranged("TW24050001", "TW24050999")),
    "one more range": (BEFORE, BEFORE + ranged("TW24060001", "TW24060200")),
    "one more pattern": (pattern("TW2405*"), pattern("TW2406*") + pattern("TW2405*")),
}


@pytest.mark.parametrize("name", WIDENED)
def test_a_scope_that_the_file_widens_drops_nothing(kettles: Desk, name: str) -> None:
    before, after = WIDENED[name]
    kettles.published(recall_text(scope=before, units=200), serials=None)
    draft = kettles.apply(recall_text(scope=after, units=300))
    facts = scope_facts(draft)
    assert (facts.dropped, facts.narrowed) == (0, ())


def test_a_folding_that_changes_is_seen(kettles: Desk) -> None:
    kettles.published()
    text = recall_text().replace('folding = { O = "0", I = "1" }', 'folding = { I = "1" }')
    text = text.replace(
        '"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"', '"0123456789ABCDEFGHJKLMNOPQRSTUVWXYZ"'
    )
    assert "folding" in scope_facts(kettles.apply(text)).narrowed[0]


def test_closing_and_growing_never_turn_an_answer_into_not_affected(
    kettles: Desk, cast: Cast
) -> None:
    kettles.published()
    close_recall(recall=kettles.recall(), by=cast.author)
    draft = kettles.apply(recall_text(units=6))
    kettles.take(draft, [NEW])
    kettles.publish(kettles.approve(draft))
    live.forget()
    for serial in (*SERIALS, NEW):
        assert check_serial(serial).verdict == "affected"
