"""The second look by photo, from "look again" to its answer."""

from recalldesk.checks import counts
from recalldesk.checks.models import CheckCount, PhotoLook
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.evidence.states import PhotoProblem, PhotoState
from tests.labels import candidate, code, label
from tests.portal.browser.places import MISREAD
from tests.portal.looks.conftest import Looker, heading, words_of
from tests.portal.published import serials_in

NOT_IN = "The serial you gave is not in this recall"
STOP = "Stop using it now"
AGAIN = "Please look again"
ANOTHER = "Please take another photo"
PERSON = "A person decides this with you"


def neighbours(looker: Looker) -> list[str]:
    """Serials of honest units, each one slip from a recalled one, and from each other."""
    serials = set(serials_in(looker.owner.folder, "a1263"))
    beside = (looker.owner.recalled()[:-1] + other for other in "CEFHJKMN")
    return [serial for serial in beside if serial not in serials]


def neighbour(looker: Looker) -> str:
    return neighbours(looker)[0]


def test_look_again_offers_the_photo_first(looker: Looker) -> None:
    page = looker.owner.checks(neighbour(looker)).content.decode()
    assert 'capture="environment"' in page
    assert page.index("Take a photo of the label") < page.index("Send it again")
    assert "/privacy" in page
    assert "erased as soon as it has answered" in page


def test_a_photo_that_reads_what_was_typed_settles_it(looker: Looker) -> None:
    text = neighbour(looker)
    page = looker.is_answered(text, label(candidate(text)))
    assert heading(page) == NOT_IN
    assert "Your photo reads what you typed" in words_of(page)
    assert "Checked against version" in words_of(page)


def test_nobody_is_told_safe(looker: Looker) -> None:
    text = neighbour(looker)
    assert "safe" not in words_of(looker.is_answered(text, label(candidate(text)))).lower()


def test_a_photo_of_a_recalled_label_says_stop_whatever_was_typed(looker: Looker) -> None:
    recalled = looker.owner.recalled()
    page = looker.is_answered(recalled.translate(MISREAD), label(candidate(recalled)))
    assert heading(page) == STOP
    assert "We read this in your photo" in words_of(page)
    assert f'value="{recalled}"' in page.content.decode()


def test_so_does_its_bar_code(looker: Looker) -> None:
    recalled = looker.owner.recalled()
    reading = label(codes=[code(f"SN{recalled}")])
    assert heading(looker.is_answered(neighbour(looker), reading)) == STOP


def test_a_reading_in_doubt_asks_for_another_photo_and_names_the_place(looker: Looker) -> None:
    text = neighbour(looker)
    page = looker.is_answered(text, label(candidate(text, [4])))
    assert heading(page) == ANOTHER
    assert "Look at character 5" in words_of(page)


def test_a_recalled_serial_read_with_a_doubt_is_not_named(looker: Looker) -> None:
    recalled = looker.owner.recalled()
    text = neighbour(looker)
    page = looker.is_answered(text, label(candidate(recalled, [15])))
    assert heading(page) == AGAIN
    assert "Look at character 16" in words_of(page)
    assert recalled not in page.content.decode()


def test_who_typed_it_wrong_types_it_again_for_the_same_photo(looker: Looker) -> None:
    text, wrong, *_ = neighbours(looker)
    assert heading(looker.is_answered(wrong, label(candidate(text)))) == AGAIN
    assert heading(looker.types(text)) == NOT_IN
    assert Photo.objects.filter(evidence_set__purpose="check").count() == 1


def test_the_same_text_again_settles_nothing(looker: Looker) -> None:
    text, wrong, *_ = neighbours(looker)
    looker.is_answered(wrong, label(candidate(text)))
    page = looker.types(wrong)
    assert heading(page) == PERSON
    assert "Start my claim" in words_of(page)


def test_after_three_texts_a_person_decides(looker: Looker) -> None:
    text, *wrong = neighbours(looker)
    looker.is_answered(wrong[0], label(candidate(text)))
    answers = [heading(looker.types(each)) for each in wrong[1:4]]
    assert answers == [AGAIN, AGAIN, PERSON]


def test_three_photos_that_cannot_be_read_lead_to_a_person(looker: Looker) -> None:
    page = looker.is_answered(neighbour(looker), None)
    assert heading(page) == ANOTHER
    for last in (ANOTHER, PERSON):
        assert looker.photographs(page).status_code == 303
        page = looker.is_told(label())
        assert heading(page) == last
    assert "Start my claim" in words_of(page)
    assert 'type="file"' not in page.content.decode()


def test_two_photos_that_contradict_each_other_settle_nothing(looker: Looker) -> None:
    text, other, *_ = neighbours(looker)
    page = looker.is_answered(text, label(candidate(other)))
    assert heading(page) == AGAIN
    looker.photographs(page)
    assert heading(looker.is_told(label(candidate(text)))) == PERSON


def test_the_photo_and_its_reading_are_gone_before_it_is_answered(looker: Looker) -> None:
    text = neighbour(looker)
    looker.is_answered(text, label(candidate(text)))
    photo = Photo.objects.get(evidence_set__purpose="check")
    assert photo.state == PhotoState.REMOVED
    assert not Reading.objects.exists()
    assert EvidenceSet.objects.get(pk=photo.evidence_set_id).erased_at is not None


def test_it_is_counted_once_however_often_the_page_is_loaded(looker: Looker) -> None:
    text = neighbour(looker)
    looker.is_answered(text, label(candidate(text)))
    assert [heading(looker.sees()) for _ in range(3)] == [NOT_IN] * 3
    assert counts.write_now()
    rows = CheckCount.objects.filter(source="photo", recall__isnull=True)
    assert [(row.verdict, row.count) for row in rows] == [("not_affected", 1)]


def test_each_text_typed_for_it_is_one_more_check(looker: Looker) -> None:
    text, wrong, *_ = neighbours(looker)
    looker.is_answered(wrong, label(candidate(text)))
    looker.types(text)
    assert counts.write_now()
    rows = CheckCount.objects.filter(source="photo", recall__isnull=True)
    assert {(row.verdict, row.count) for row in rows} == {("look_again", 1), ("not_affected", 1)}


def test_until_it_is_read_the_page_says_so_and_can_be_loaded_again(looker: Looker) -> None:
    looker.photographs(looker.owner.checks(neighbour(looker)))
    page = looker.sees()
    assert heading(page) == "We are reading your photo"
    assert looker.sees(f"{looker.at}/waits").json() == {"waits": True}
    looker.is_told(label())
    assert looker.sees(f"{looker.at}/waits").json() == {"waits": False}


def test_after_typing_the_same_again_a_photo_is_offered_too(looker: Looker) -> None:
    text = neighbour(looker)
    token = looker.owner.checks(text).content.decode().partition('name="second_look" value="')[2]
    page = looker.owner.checks(text, second_look=token.partition('"')[0])
    assert heading(page) == PERSON
    looker.photographs(page)
    assert heading(looker.is_told(label(candidate(text)))) == NOT_IN


def test_a_photo_that_is_no_picture_says_what_to_do(looker: Looker) -> None:
    looker.photographs(looker.owner.checks(neighbour(looker)))
    answer = looker.is_told(PhotoProblem.NOT_A_PICTURE)
    assert heading(answer) == ANOTHER
    assert "not a photo that we can open" in words_of(answer)
    assert PhotoLook.objects.exclude(state="ended").count() == 1
