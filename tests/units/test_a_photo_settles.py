"""What the photo of a label settles, and what it does not, through the one way in."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.audit.states import Reason
from recalldesk.reading.seen import LabelReading, Source
from recalldesk.units import live
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer
from recalldesk.units.verdict.photographed import Photographed
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP, SLUG, Cast, Desk, recall_text
from tests.labels import candidate, code, label
from tests.units.test_a_scan_settles import made_list, told
from tests.units.test_publishing import override

READS_IT = label(candidate(SLIP))


def photographed(
    typed: str = SLIP,
    reading: LabelReading = READS_IT,
    models: tuple[str, ...] = (),
    **more: object,
) -> Answer:
    """The photo as the second look after the same text was typed."""
    first = check_serial(typed)
    photo = Photographed(reading, **more)  # type: ignore[arg-type]
    return check_serial(typed, models=models, second_look=first.second_look, photo=photo)


@pytest.mark.usefixtures("published_recall")
def test_a_slip_that_the_photo_reads_too_is_settled() -> None:
    answer = photographed()
    assert told(answer) == ("not_affected", "photographed")
    assert [(e.recall, e.version, e.verdict) for e in answer.recalls] == [(SLUG, 1, "not_affected")]
    assert (answer.second_look, answer.look_at, answer.read_as) == ("", (), SLIP)


SETTLED = {
    "a line with a label": label(candidate(SLIP), lines=[f"S/N: {SLIP}", "Model K20", "230 V~"]),
    "a bar code of it": label(candidate(SLIP, source=Source.BAR_CODE), codes=[code(SLIP)]),
    "the article's number beside it": label(
        candidate(SLIP), codes=[code("4006381333931", "EAN13")]
    ),
    "an address with it": label(
        candidate(SLIP), codes=[code(f"https://made.up/?sn={SLIP}", "QRCode")]
    ),
    "another serial, far from all": label(candidate(SLIP), candidate(FAR)),
    "the model on it": label(candidate(SLIP), model="K20"),
}


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize("reading", SETTLED.values(), ids=SETTLED)
def test_what_stands_beside_it_on_an_honest_label_changes_nothing(reading: LabelReading) -> None:
    assert told(photographed(reading=reading)) == ("not_affected", "photographed")


DOUBTED = {
    "another serial within reach": (
        label(candidate(SLIP), candidate("TW24013339", range(10))),
        ("ask_a_person", "still_in_doubt"),
    ),
    "a line within reach": (
        label(candidate(SLIP), lines=[f"SN {SLIP}", "TW24047710"]),
        ("ask_a_person", "still_in_doubt"),
    ),
    "an address with another": (
        label(candidate(SLIP), codes=[code("https://made.up/TW24047710", "QRCode")]),
        ("ask_a_person", "still_in_doubt"),
    ),
    "a model that is not known": (
        label(candidate(SLIP), model="Z99"),
        ("ask_a_person", "still_in_doubt"),
    ),
    "a doubtful place": (label(candidate(SLIP, [9])), ("look_again", "unclear_photo")),
    "another text": (label(candidate("TW24013339")), ("look_again", "reads_otherwise")),
    "no text": (label(), ("look_again", "unreadable_photo")),
    "only bar codes of other numbers": (
        label(codes=[code("4006381333931", "EAN13")]),
        ("look_again", "unreadable_photo"),
    ),
}


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize(("reading", "expected"), DOUBTED.values(), ids=DOUBTED)
def test_what_leaves_it_in_doubt(reading: LabelReading, expected: tuple[str, str]) -> None:
    assert told(photographed(reading=reading)) == expected


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize("text", [SLIP, LOOK_ALIKE, FAR, "TW", AFFECTED])
@pytest.mark.parametrize(
    "reading",
    [
        label(candidate(AFFECTED)),
        label(candidate(FAR), candidate(AFFECTED)),
        label(candidate(SLIP, [9]), codes=[code(f"SN{AFFECTED}")]),
    ],
)
def test_a_covered_serial_on_the_label_is_affected(text: str, reading: LabelReading) -> None:
    answer = check_serial(text, photo=Photographed(reading))
    assert told(answer) == ("affected", "in_scope")
    assert answer.read_as == AFFECTED


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize(
    "reading",
    [
        label(candidate(FAR, [3]), candidate(AFFECTED, [9])),
        label(lines=[AFFECTED]),
        label(lines=[f"S/N {SLIP}"]),
        label(codes=[code(f"https://made.up/?sn={SLIP}", "QRCode")]),
    ],
)
def test_what_typing_settled_is_in_doubt_where_the_label_may_bear_a_recalled_serial(
    reading: LabelReading,
) -> None:
    answer = check_serial(FAR, photo=Photographed(reading))
    assert answer.verdict == "look_again"
    again = check_serial(FAR, second_look=answer.second_look)
    assert told(again) == ("ask_a_person", "still_in_doubt")


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize("typed", [SLIP, FAR])
def test_a_photo_full_of_codes_tells_nothing_of_any_of_them(typed: str) -> None:
    others = [code(f"TW9{number:07}") for number in range(40)]
    answers = [
        photographed(typed, label(candidate(typed), codes=[*others, *more]))
        for more in ([], [code(AFFECTED)], [code(SLIP)])
    ]
    assert {told(answer) for answer in answers} == {("look_again", "unreadable_photo")}
    assert {told(check_serial(typed, second_look=a.second_look))[0] for a in answers} == {
        "ask_a_person"
    }


def sheet(numbers: Sequence[str], way: str) -> list[str]:
    """The lines of a sheet with these numbers: one a line, or several, or broken into groups."""
    if way == "one a line":
        return [f"SN: {number}" for number in numbers]
    if way == "several a line":
        return [" ".join(numbers)]
    if way == "in groups":
        return [" ".join(f"{number[:4]} {number[4:]}" for number in numbers)]
    if way == "in pairs":
        return [
            f"{one}{other}" for one, other in zip(numbers[::2], [*numbers[1::2], ""], strict=False)
        ]
    return ["".join(numbers)]


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize(
    "way", ["one a line", "several a line", "in groups", "in pairs", "run together"]
)
@pytest.mark.parametrize("typed", [SLIP, FAR])
def test_a_sheet_of_printed_serials_tells_nothing_of_any_of_them(typed: str, way: str) -> None:
    others = [f"TW9{number:07}" for number in range(20)]
    answers = [
        photographed(typed, label(candidate(typed), lines=sheet([*others, *more], way)))
        for more in ([], [AFFECTED], [SLIP])
    ]
    assert {told(answer) for answer in answers} == {("look_again", "unreadable_photo")}


@pytest.mark.usefixtures("published_recall")
def test_nor_does_one_whose_recalled_serial_is_what_it_reads_first() -> None:
    lines = sheet([AFFECTED, *(f"TW9{number:07}" for number in range(20))], "one a line")
    answer = photographed(reading=label(candidate(AFFECTED), lines=lines))
    assert told(answer) == ("look_again", "unreadable_photo")


@pytest.mark.usefixtures("published_recall")
def test_the_many_words_of_an_honest_label_are_no_serials() -> None:
    lines = [
        f"S/N: {SLIP}",
        SLIP,
        "Model K20   Electric kettle 1.7 L",
        "220-240 V~  50/60 Hz  1850-2200 W",
        "Made-up Household Goods Ltd, 1 Example Street, Springfield",
        "Date of making 2024-01   Batch 0000 0000",
        "Keep away from children. Do not open. Read the manual first.",
    ]
    answer = photographed(reading=label(candidate(SLIP), lines=lines))
    assert told(answer) == ("not_affected", "photographed")


@pytest.mark.usefixtures("published_recall")
def test_one_that_is_read_with_a_doubt_is_a_place_to_look_at() -> None:
    answer = photographed(reading=label(candidate(AFFECTED, [9])))
    assert told(answer) == ("look_again", "reads_otherwise")
    assert (answer.look_at, answer.read_as) == ((10,), SLIP)


@pytest.mark.usefixtures("published_recall")
def test_where_many_places_differ_none_is_named() -> None:
    answer = photographed(reading=label(candidate("TW99886655")))
    assert (answer.why, answer.look_at) == ("reads_otherwise", ())


@pytest.mark.usefixtures("published_recall")
def test_the_same_text_typed_again_for_the_photo_settles_nothing() -> None:
    reading = label(candidate("TW24013339"))
    assert told(photographed(reading=reading, is_retyped=True)) == ("ask_a_person", "same_again")


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize(
    ("reading", "more"),
    [
        (label(candidate("TW24013339")), {"is_last_text": True}),
        (label(candidate(SLIP, [1])), {"is_last_photo": True}),
        (label(), {"is_last_photo": True}),
    ],
)
def test_after_the_last_one_a_person_decides(
    reading: LabelReading, more: dict[str, object]
) -> None:
    assert told(photographed(reading=reading, **more)) == ("ask_a_person", "still_in_doubt")


@pytest.mark.usefixtures("published_recall")
def test_photos_that_contradict_each_other_settle_nothing() -> None:
    sure = photographed(earlier=(candidate("TW24013339"),))
    assert told(sure) == ("ask_a_person", "still_in_doubt")
    shorter = photographed(earlier=(candidate("TW2401333"),))
    assert told(shorter) == ("ask_a_person", "still_in_doubt")
    unsure = photographed(earlier=(candidate("TW24013339", [9]),))
    assert told(unsure) == ("not_affected", "photographed")


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize("typed", ["tw24 0133-38", "SN TW24013338", "S/N: tw24013338"])
def test_spaces_small_letters_and_a_label_are_no_difference(typed: str) -> None:
    assert told(photographed(typed)) == ("not_affected", "photographed")


@pytest.mark.usefixtures("published_recall")
def test_a_character_that_is_left_out_of_both_is_no_agreement() -> None:
    """A reader that leaves one of two like characters out has nothing wrong to mark."""
    missing = AFFECTED.replace("33", "3", 1)
    answer = photographed(missing, label(candidate(missing)))
    assert answer.verdict != "not_affected"


@pytest.mark.usefixtures("published_recall")
def test_an_unknown_model_stays_a_doubt() -> None:
    answer = photographed(models=("no such model",))
    assert told(answer) == ("ask_a_person", "still_in_doubt")


@pytest.mark.usefixtures("published_recall")
def test_what_typing_alone_settles_stays_settled_unless_the_photo_reads_otherwise() -> None:
    def answered(reading: LabelReading) -> tuple[str, str]:
        return told(check_serial(FAR, photo=Photographed(reading)))

    assert answered(label()) == ("not_affected", "out_of_scope")
    assert answered(label(candidate(FAR, [2]))) == ("not_affected", "out_of_scope")
    assert answered(label(candidate(FAR))) == ("not_affected", "photographed")
    assert answered(label(candidate("TW33661909"))) == ("look_again", "reads_otherwise")


@pytest.mark.usefixtures("published_recall")
def test_after_a_photo_that_reads_otherwise_no_typed_text_alone_settles_it() -> None:
    first = check_serial(FAR, photo=Photographed(label(candidate("TW33661909"))))
    assert check_serial(FAR, second_look=first.second_look).verdict == "ask_a_person"


@pytest.mark.usefixtures("published_recall")
def test_where_the_index_is_not_the_newest_it_is_tried_again_later(settings: Settings) -> None:
    token = check_serial(SLIP).second_look
    settings.INDEX_STALE_AFTER = timedelta(seconds=-1)
    live.forget()
    with pytest.raises(AnswerUnavailable):
        check_serial(SLIP, second_look=token, photo=Photographed(READS_IT))
    affected = check_serial(SLIP, photo=Photographed(label(candidate(AFFECTED))))
    assert affected.verdict == "affected"


def test_while_another_recall_is_not_at_hand_it_settles_nothing(
    kettles: Desk, monkeypatch: pytest.MonkeyPatch, index_folder: Path
) -> None:
    kettles.published()
    other = kettles.published(recall_text("kettle-two", units=1), ["TW99013338"])
    shutil.rmtree(index_folder / other.index_name)
    monkeypatch.setattr("recalldesk.units.live.build_for_version", lambda _version: None)
    live.forget()
    with pytest.raises(AnswerUnavailable):
        photographed()


def test_while_rejected_lines_stand_a_person_decides(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved(serials=(*SERIALS, "nonsense"))
    override(version, Reason.REJECTS_OPEN, cast.author, cast.approver)
    kettles.publish(version)
    assert told(photographed()) == ("ask_a_person", "still_in_doubt")


def test_what_was_never_made_it_does_not_settle(kettles: Desk) -> None:
    made_list(kettles, made=("TW24013339",))
    assert told(photographed("TW24013339", label(candidate("TW24013339"))))[0] == "not_affected"
    assert told(photographed()) == ("ask_a_person", "still_in_doubt")


def test_another_recall_that_covers_it_is_heard(kettles: Desk) -> None:
    kettles.published()
    kettles.published(recall_text("kettle-two", units=1), ["TW24013336"])
    reading = label(candidate("TW24013336"))
    assert check_serial(SLIP, photo=Photographed(reading)).verdict == "affected"
