"""An answer holds until it is taken back, silences whoever gave it only, and names who has it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer, standing_answers, take_back_answer
from recalldesk.outreach.answering.errors import AnswerFault, AnswerRefused
from recalldesk.outreach.answering.next_owner import NextOwner, next_owner_in, next_owners_of
from recalldesk.outreach.answering.passing_on import MOST_NEXT_OWNERS, name_next_owner
from recalldesk.outreach.links import link_of, notice_by
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling, Suppressed
from recalldesk.outreach.reads.answers import (
    AnswerFilters,
    Only,
    answer_filters_in,
    answers_of,
    answers_to,
    query_of_answers,
)
from recalldesk.outreach.resting import at_rest
from recalldesk.outreach.states import AnswerKind, NoticeState, WaveKind, WaveState, Way, Withheld
from recalldesk.outreach.suppressing import is_suppressed
from recalldesk.outreach.waves.said import said
from recalldesk.sealing.fields_of_rows import opened
from tests.outreach.told import Told

NEXT = NextOwner("Nia Example", "nia@example.org")
GONE = (AnswerKind.SOLD, AnswerKind.THREW_AWAY, AnswerKind.DONE_ALREADY)


@pytest.fixture
def notice(told: Told) -> DirectNotice:
    """One by mail, to somebody who bought two."""
    buyer = told.bought(email="ana@example.org", units=2)
    return told.notice(told.sent(), buyer)


def test_the_link_is_the_same_at_each_attempt_and_leads_to_its_notice(
    notice: DirectNotice,
) -> None:
    link = link_of(notice)
    assert link == link_of(DirectNotice.objects.get(pk=notice.pk)) == said(notice).link
    token = link.rpartition("/")[2]
    found = notice_by(token)
    assert found == notice
    assert token.encode() not in bytes(notice.sealed_token)


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "x" * 5000, "\x00"])
def test_any_other_token_leads_nowhere(token: str, notice: DirectNotice) -> None:
    assert notice_by(token) is None


@pytest.mark.parametrize("kind", AnswerKind)
def test_an_answer_stands_until_it_is_taken_back_and_both_are_logged(
    kind: AnswerKind, notice: DirectNotice
) -> None:
    given = answer(notice=notice, kind=kind)
    assert answer(notice=notice, kind=kind).pk == given.pk, "the same twice is one"
    assert standing_answers(notice) == [given]
    assert take_back_answer(answer=given)
    assert not take_back_answer(answer=given)
    assert standing_answers(notice) == []
    rows = StateChange.objects.filter(subject=Subject.ANSWER, subject_id=given.pk).order_by("pk")
    assert [each.to_state for each in rows] == [kind, "taken_back"]


@pytest.mark.parametrize("kind", [AnswerKind.NOT_MINE, AnswerKind.NOTHING_MORE])
def test_who_wants_no_more_is_silent_and_nobody_else(
    kind: AnswerKind, told: Told, notice: DirectNotice
) -> None:
    given = answer(notice=notice, kind=kind)
    assert is_silent(notice)
    silenced = Suppressed.objects.filter(lifted_at=None)
    assert [bytes(each.contact_digest) for each in silenced] == [bytes(notice.contact_digest)]
    assert {each.recall_id for each in silenced} == {told.recall.pk}
    assert not is_resting(told, notice), "the units are looked for by every other contact"
    take_back_answer(answer=given)
    assert not is_silent(notice)


@pytest.mark.parametrize("kind", GONE)
def test_answers_for_all_units_let_the_contact_rest(
    kind: AnswerKind, told: Told, notice: DirectNotice
) -> None:
    given = answer(notice=notice, kind=kind, units=1)
    assert not is_resting(told, notice)
    given = answer(notice=notice, kind=kind)
    assert is_resting(told, notice)
    take_back_answer(answer=given)
    assert not is_resting(told, notice)


def test_never_more_units_are_answered_for_than_were_bought(notice: DirectNotice) -> None:
    answer(notice=notice, kind=AnswerKind.SOLD, units=1)
    answer(notice=notice, kind=AnswerKind.THREW_AWAY, units=1)
    assert kinds(notice) == [AnswerKind.SOLD, AnswerKind.THREW_AWAY]
    answer(notice=notice, kind=AnswerKind.DONE_ALREADY)
    assert kinds(notice) == [AnswerKind.DONE_ALREADY], "the newest word counts"
    for number in (0, 3):
        with pytest.raises(AnswerRefused):
            answer(notice=notice, kind=AnswerKind.SOLD, units=number)


def test_whoever_did_not_buy_it_did_not_throw_it_away(notice: DirectNotice) -> None:
    answer(notice=notice, kind=AnswerKind.THREW_AWAY)
    answer(notice=notice, kind=AnswerKind.NOT_MINE)
    assert kinds(notice) == [AnswerKind.NOT_MINE]
    answer(notice=notice, kind=AnswerKind.SOLD)
    assert kinds(notice) == [AnswerKind.SOLD]
    assert not is_silent(notice)


def test_the_new_owner_is_told_in_the_same_wave_in_its_standard_words(
    notice: DirectNotice,
) -> None:
    notice.wave.state = WaveState.DONE
    notice.wave.save()
    given = answer(notice=notice, kind=AnswerKind.SOLD)
    assert name_next_owner(answer=given, owner=NEXT)
    theirs = given.led_to.get()
    assert (theirs.state, theirs.wave_id, theirs.way) == ("waiting", notice.wave_id, Way.EMAIL)
    assert opened(theirs, "sealed_to") == "nia@example.org"
    notice.wave.refresh_from_db()
    assert notice.wave.state == WaveState.SENDING
    words = said(theirs)
    for hidden in ("Ana", "ana@", "Nia", "Amazon", "2024"):
        assert hidden not in words.subject + words.text
    assert bytes(theirs.domain_digest) == bytes(notice.domain_digest)


def test_a_contact_is_written_to_once_whoever_names_it(told: Told, notice: DirectNotice) -> None:
    given = answer(notice=notice, kind=AnswerKind.SOLD)
    for contact in ("nia@example.org", "NIA@example.org"):
        name_next_owner(answer=given, owner=NextOwner("", contact))
    assert len(next_owners_of(Answer.objects.get(pk=given.pk))) == 1
    assert given.led_to.count() == 1


def test_an_answer_names_no_more_owners_than_units_and_a_notice_a_few(
    notice: DirectNotice,
) -> None:
    notice.units = 50
    notice.save()
    given = answer(notice=notice, kind=AnswerKind.SOLD, units=1)
    name_next_owner(answer=given, owner=NEXT)
    with pytest.raises(AnswerRefused) as refused:
        name_next_owner(answer=given, owner=NextOwner("", "second@example.org"))
    assert refused.value.fault is AnswerFault.TOO_MANY_OWNERS
    take_back_answer(answer=given)
    given = answer(notice=notice, kind=AnswerKind.SOLD)
    for number in range(MOST_NEXT_OWNERS - 1):
        name_next_owner(answer=given, owner=NextOwner("", f"next{number}@example.org"))
    with pytest.raises(AnswerRefused):
        name_next_owner(answer=given, owner=NextOwner("", "one.more@example.org"))


def test_whom_nobody_may_write_to_is_not_written_to(told: Told, notice: DirectNotice) -> None:
    other = told.bought("Nia Example", email="nia@example.org")
    told_before = told.notice(told.sent(), other)
    answer(notice=told_before, kind=AnswerKind.NOTHING_MORE)
    given = answer(notice=notice, kind=AnswerKind.SOLD)
    assert not name_next_owner(answer=given, owner=NEXT)
    assert kept_back(given) == [("withheld", Withheld.SUPPRESSED)]


def test_taken_back_before_it_left_it_never_leaves_and_named_again_it_does(
    notice: DirectNotice,
) -> None:
    given = answer(notice=notice, kind=AnswerKind.SOLD)
    name_next_owner(answer=given, owner=NEXT)
    take_back_answer(answer=given)
    theirs = given.led_to.get()
    assert (theirs.state, theirs.withheld) == (NoticeState.WITHHELD, Withheld.TAKEN_BACK)
    again = answer(notice=notice, kind=AnswerKind.SOLD)
    name_next_owner(answer=again, owner=NEXT)
    theirs.refresh_from_db()
    assert (theirs.state, theirs.passed_on_by) == (NoticeState.WAITING, again)


def test_a_reminder_is_no_word_for_somebody_who_was_never_told(told: Told) -> None:
    buyer = told.bought(email="ana@example.org")
    first = told.sent()
    first.state = WaveState.DONE
    first.save()
    first.notices.update(sent_at=clock.now() - timedelta(days=30))
    reminder = told.sent(kind=WaveKind.REMINDER, silent_days=14)
    given = answer(notice=told.notice(reminder, buyer), kind=AnswerKind.SOLD)
    assert name_next_owner(answer=given, owner=NEXT)
    assert given.led_to.get().wave == first


def test_whom_no_machine_reaches_stands_on_the_desks_list(told: Told) -> None:
    buyer = told.bought(email="ana@example.org")
    given = answer(notice=told.notice(told.sent(), buyer), kind=AnswerKind.SOLD)
    assert not name_next_owner(answer=given, owner=NextOwner("", "+12025550119"))
    assert not name_next_owner(answer=given, owner=NextOwner("", "+1 202 555 0119"))
    assert len(next_owners_of(given)) == 1
    assert kept_back(given) == [("withheld", Withheld.NO_SUCH_WAY)]
    asked = AnswerFilters(only=Only.TO_TELL)
    listed = answers_of(told.recall, asked, by=told.cast.author).rows
    assert [each.next_owners for each in listed] == [(("•••19", Withheld.NO_SUCH_WAY),)]
    take_back_answer(answer=given)
    assert answers_of(told.recall, asked, by=told.cast.author).rows == ()


@pytest.mark.parametrize(
    ("name", "contact", "fault"),
    [
        ("Nia", "", AnswerFault.NO_CONTACT),
        ("", "nia", AnswerFault.NOT_A_CONTACT),
        ("", "nia@", AnswerFault.NOT_A_CONTACT),
        ("", "12", AnswerFault.NOT_A_CONTACT),
        ("N" * 121, "nia@example.org", AnswerFault.TOO_LONG),
    ],
)
def test_what_reaches_nobody_is_refused(name: str, contact: str, fault: AnswerFault) -> None:
    with pytest.raises(AnswerRefused) as refused:
        next_owner_in(name=name, contact=contact, countries=("US",))
    assert refused.value.fault is fault


def test_i_do_not_know_is_an_answer() -> None:
    assert next_owner_in(name=" ", contact="", countries=("US",)) is None


def test_staff_answers_for_an_owner_only_with_the_right_to(
    told: Told, notice: DirectNotice
) -> None:
    with pytest.raises(NotPermitted):
        answer(notice=notice, kind=AnswerKind.SOLD, by=told.cast.outsider)
    given = answer(notice=notice, kind=AnswerKind.SOLD, by=told.cast.author)
    with pytest.raises(NotPermitted):
        take_back_answer(answer=given, by=told.cast.outsider)


def is_silent(notice: DirectNotice) -> bool:
    """Whether nothing goes to its contact any more."""
    digest = bytes(notice.contact_digest)
    return is_suppressed(contact_digest=digest, way=Way(notice.way), recall_id=notice.recall_id)


def is_resting(told: Told, notice: DirectNotice) -> bool:
    """Whether no reminder goes to its contact."""
    digest = bytes(notice.contact_digest)
    return digest in at_rest(told.recall.pk, [digest])


def kinds(notice: DirectNotice) -> Sequence[str]:
    """What stands."""
    return [each.kind for each in standing_answers(notice)]


def kept_back(given: Answer) -> list[tuple[str, str]]:
    """What became of the notices to whom it names."""
    return [(each.state, each.withheld) for each in given.led_to.all()]


def test_the_desk_reads_answers_page_by_page_and_by_what_is_left_to_do(told: Told) -> None:
    wave_of = [told.bought(f"B{n}", email=f"b{n}@example.org") for n in range(3)]
    wave, by = told.sent(), told.cast.author
    notices = [told.notice(wave, each) for each in wave_of]
    for each in notices:
        answer(notice=each, kind=AnswerKind.DONE_ALREADY)
    first = answers_of(told.recall, AnswerFilters(), by=by, size=2)
    last = answers_of(told.recall, AnswerFilters(), by=by, size=2, after=first.after)
    assert [row.notice for row in (*first.rows, *last.rows)] == [n.pk for n in reversed(notices)]
    assert (first.count, last.after) == (3, "")
    NoticeFiling.objects.create(notice=notices[0], filing=told.claim())
    for only, count in ((Only.SAYS_SO, 2), (Only.PROVEN, 1), (Only.TAKEN_BACK, 0)):
        assert answers_of(told.recall, AnswerFilters(only=only), by=by).count == count
    take_back_answer(answer=notices[1].answers.get())
    assert [row.undone_at is None for row in answers_to(notices[1], by=by)] == [False]
    with pytest.raises(NotPermitted):
        answers_of(told.recall, AnswerFilters(), by=told.cast.outsider)
    with pytest.raises(NotPermitted):
        answers_to(notices[0], by=told.cast.outsider)


def test_filters_stand_in_an_address_and_what_is_none_is_left_out() -> None:
    asked = AnswerFilters(kind=AnswerKind.SOLD, way=Way.EMAIL, only=Only.TO_TELL)
    query = query_of_answers(asked, after="7")
    assert query == "kind=sold&way=email&only=to_tell&after=7"
    assert answer_filters_in(dict(each.split("=") for each in query.split("&"))) == (asked, False)
    assert answer_filters_in({"kind": "x"}) == (AnswerFilters(), True)
