"""More people at one address than a window shows are all named by the one letter that they get."""

import csv
import io

from recalldesk.claims.states import SheetForm
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.letters.contents import print_file_of, take_addresses
from recalldesk.outreach.letters.files import make_letter_file
from recalldesk.outreach.reads.recipients import whole_recipient
from recalldesk.outreach.states import Way
from tests.outreach.told import PLACE, Told

NAMES = ["Ana", "Ben", "Cyd", "Dee", "Eve", "Fay"]


def test_the_first_four_stand_in_the_address_and_the_others_in_the_letter(told: Told) -> None:
    for each in NAMES:
        told.bought(f"{each} Example", address=PLACE)
    wave = told.started(Way.LETTER)
    file = make_letter_file(wave=wave, paper=Paper.LETTER, by=told.cast.author)
    assert file is not None
    (letter,) = print_file_of(file).letters
    assert letter.address[0] == ", ".join(f"{each} Example" for each in NAMES[:4])
    assert letter.paragraphs[0] == "This letter is also for Eve Example, Fay Example."
    assert len([each for each in NAMES if each in whole_recipient(wave.notices.get())]) == 6
    export = take_addresses(file=file, by=told.cast.author, reason="Post", form=SheetForm.CSV)
    text = b"".join(export.parts).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Also for"] == "Eve Example, Fay Example"


def test_four_are_named_in_the_address_alone(told: Told) -> None:
    for each in NAMES[:4]:
        told.bought(f"{each} Example", address=PLACE)
    file = make_letter_file(wave=told.started(Way.LETTER), paper=Paper.LETTER, by=told.cast.author)
    assert file is not None
    assert "also for" not in print_file_of(file).letters[0].paragraphs[0]
