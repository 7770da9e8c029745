"""Files come in as the pictures that a recall names: each has one outcome, and nothing is lost."""

import pytest
from django.db import connection

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.pictures.actions import Became, PictureFile, TakenPictures, take_pictures
from recalldesk.pictures.errors import PictureProblem
from recalldesk.pictures.models import Picture, PictureSize, TakenPicture
from recalldesk.pictures.reads import missing_pictures, picture_digests, pictures_of
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import newest_version
from tests.cast import Desk, recall_text
from tests.made_pictures import file_of, picture

FRONT = "k20-front.jpg"
NONE = recall_text().replace(
    recall_text()[recall_text().index("[[products.photographs]]") :].partition("[products.made]")[
        0
    ],
    "",
)


@pytest.fixture
def bare(kettles: Desk) -> RecallVersion:
    """A draft whose picture is missing."""
    return kettles.apply(pictures=False)


def take(desk: Desk, *files: PictureFile) -> TakenPictures:
    return take_pictures(recall=desk.recall(), files=files, by=desk.cast.author)


def became(taken: TakenPictures) -> list[tuple[str, Became]]:
    return [(outcome.name, outcome.became) for outcome in taken.outcomes]


def test_a_named_file_is_there_in_each_width(kettles: Desk, bare: RecallVersion) -> None:
    assert missing_pictures(bare) == (FRONT,)
    taken = take(kettles, file_of(FRONT, picture(size=(1600, 1200))))
    assert became(taken) == [(FRONT, Became.TAKEN)]
    assert (taken.missing, taken.draft, taken.stays) == ((), bare, None)
    shown = pictures_of(bare)[FRONT]
    assert [(s.width, s.height) for s in shown.sizes] == [(320, 240), (640, 480), (1280, 960)]
    assert shown.largest.width == 1280
    log = StateChange.objects.get(reason="pictures_taken")
    assert (log.subject, log.subject_id) == ("recall_version", bare.pk)


def test_none_is_made_larger_than_it_is(kettles: Desk, bare: RecallVersion) -> None:
    take(kettles, file_of(FRONT, picture(size=(500, 300))))
    assert [size.width for size in pictures_of(bare)[FRONT].sizes] == [320, 500]


def test_each_of_many_has_its_own_outcome(kettles: Desk, bare: RecallVersion) -> None:
    taken = take(
        kettles,
        file_of("holiday.jpg", picture()),
        file_of("K20-FRONT.JPG", picture("PNG")),
        file_of("k20-front.JPG", b"no picture"),
    )
    assert became(taken) == [
        ("holiday.jpg", Became.NOT_NAMED),
        ("K20-FRONT.JPG", Became.TAKEN),
        ("k20-front.JPG", Became.REFUSED),
    ]
    assert "same name" in str(taken.outcomes[2].problem)


def test_what_is_refused_keeps_what_was_there(kettles: Desk, bare: RecallVersion) -> None:
    take(kettles, file_of(FRONT, picture()))
    before = picture_digests(bare)
    taken = take(kettles, file_of(FRONT, b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    assert became(taken) == [(FRONT, Became.REFUSED)]
    assert taken.draft == bare
    assert picture_digests(bare) == before


def test_the_same_again_changes_nothing(kettles: Desk, bare: RecallVersion) -> None:
    take(kettles, file_of(FRONT, picture()))
    rows = StateChange.objects.count()
    assert became(take(kettles, file_of(FRONT, picture()))) == [(FRONT, Became.SAME)]
    assert StateChange.objects.count() == rows


def test_another_takes_its_place_and_the_first_is_forgotten(
    kettles: Desk, bare: RecallVersion
) -> None:
    take(kettles, file_of(FRONT, picture()))
    [(_, first)] = picture_digests(bare)
    take(kettles, file_of(FRONT, picture(colour="#123456")))
    [(_, second)] = picture_digests(bare)
    assert first != second
    assert set(Picture.objects.values_list("digest", flat=True)) == {second}
    assert TakenPicture.objects.count() == 1


def test_who_brought_a_picture_wrote_at_the_version(kettles: Desk, bare: RecallVersion) -> None:
    take_pictures(
        recall=kettles.recall(), files=[file_of(FRONT, picture())], by=kettles.cast.approver
    )
    assert bare.contributions.filter(by=kettles.cast.approver).exists()


def test_nobody_else_may(kettles: Desk, bare: RecallVersion) -> None:
    with pytest.raises(NotPermitted):
        take_pictures(recall=kettles.recall(), files=[], by=kettles.cast.viewer)


def test_a_recall_that_names_none_says_so(kettles: Desk) -> None:
    kettles.apply(NONE)
    with pytest.raises(RecallProblem, match="names no pictures"):
        take(kettles, file_of(FRONT, picture()))


def test_after_approval_another_picture_makes_a_new_draft(kettles: Desk) -> None:
    first = kettles.published()
    taken = take(kettles, file_of(FRONT, picture(colour="#123456")))
    assert taken.stays == first
    assert taken.draft is not None
    assert taken.draft.number == 2
    assert picture_digests(taken.draft) != picture_digests(first)


def test_nothing_new_leaves_no_new_version(kettles: Desk, bare: RecallVersion) -> None:
    take(kettles, file_of(FRONT, picture()))
    kettles.take(bare)
    kettles.approve(bare)
    taken = take(kettles, file_of(FRONT, picture()), file_of("other.jpg", picture()))
    assert (taken.draft, taken.stays, taken.missing) == (None, None, ())
    assert newest_version(kettles.recall()) == bare


def test_a_later_version_has_what_the_one_before_had(kettles: Desk) -> None:
    first = kettles.published()
    second = kettles.apply(recall_text(units=6), pictures=False)
    assert picture_digests(second) == picture_digests(first)
    assert missing_pictures(second) == ()


def test_what_the_file_names_no_more_is_not_shown(kettles: Desk) -> None:
    kettles.published()
    second = kettles.apply(NONE)
    assert pictures_of(second) == {}
    third = kettles.apply(recall_text(units=7), pictures=False)
    assert missing_pictures(third) == ()


def test_no_bytes_of_the_file_itself_are_kept(kettles: Desk, bare: RecallVersion) -> None:
    content = picture(exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00", comment=b"taken at home")
    assert b"taken at home" in content
    take(kettles, file_of(FRONT, content))
    for size in PictureSize.objects.all():
        assert b"taken at home" not in bytes(size.content)
        assert b"Exif" not in bytes(size.content)


def test_a_file_that_cannot_be_read_is_refused_alone(kettles: Desk, bare: RecallVersion) -> None:
    def unreadable() -> bytes:
        raise PictureProblem("It cannot be read.", "Check its rights.")

    taken = take(kettles, PictureFile(FRONT, unreadable))
    assert became(taken) == [(FRONT, Became.REFUSED)]
    assert connection.in_atomic_block
