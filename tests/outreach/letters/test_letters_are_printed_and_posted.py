"""Print files of a wave: made once each, the same again, put back, posted, and what came back."""

import csv
import io
from datetime import timedelta

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk_queue.errors import NoReasonForExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation import clock
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.letters.contents import print_file_of, take_addresses, take_pdf
from recalldesk.outreach.letters.errors import LettersRefused
from recalldesk.outreach.letters.files import make_letter_file, mark_posted, put_back
from recalldesk.outreach.letters.reads import letters_of_wave
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.letters.returned import letters_came_back, lines_in
from recalldesk.outreach.models import LetterFile, Suppressed, Wave
from recalldesk.outreach.states import NoticeState, Suppression, WaveKind, Way, Withheld
from recalldesk.outreach.suppressing import suppress
from recalldesk.outreach.waves.actions import pause_wave, resume_wave, stop_wave
from recalldesk.purchasers.models import Purchaser
from tests.outreach.told import PLACE, Told

pytestmark = pytest.mark.django_db
BERLIN = {
    "street_address": "Beispielweg 1",
    "city": "Beispielstadt",
    "postal_code": "10115",
    "country_code": "DE",
}


def street(number: int, **more: str) -> dict[str, str]:
    return PLACE | {"street_address": f"{number} Example Street"} | more


@pytest.fixture
def ana(told: Told) -> Purchaser:
    return told.bought("Ana Example", address=street(1))


@pytest.fixture
def wave(told: Told, ana: Purchaser) -> Wave:
    """Two letters to the United States, one abroad, and one to an address nobody can print."""
    told.bought("Ben Example", address=street(2), language="es")
    told.bought("Cyd Beispiel", address=BERLIN, country="DE")
    told.bought("Dee Example", address=street(3, street_address="例え通り 3"))
    return told.started(Way.LETTER)


def made(told: Told, wave: Wave, paper: Paper = Paper.LETTER, **more: int) -> LetterFile:
    file = make_letter_file(wave=wave, paper=paper, by=told.cast.author, **more)
    assert file is not None
    return file


def taken(told: Told, file: LetterFile) -> LetterFile:
    """Its addresses are with the printer."""
    take_addresses(file=file, by=told.cast.author, reason="To the printer", form=SheetForm.CSV)
    return file


def states(wave: Wave) -> list[str]:
    return sorted(wave.notices.values_list("state", flat=True))


def test_each_size_of_paper_has_its_own_files(told: Told, wave: Wave) -> None:
    file = made(told, wave)
    assert (file.number, file.letters) == (1, 2)
    assert states(wave) == ["printed", "printed", "waiting", "withheld"]
    other = made(told, wave, Paper.A4)
    assert (other.number, other.letters) == (2, 1)
    assert make_letter_file(wave=wave, paper=Paper.LETTER, by=told.cast.author) is None
    printed = print_file_of(other)
    assert (printed.paper, printed.letters[0].address[-1]) == (Paper.A4, "GERMANY")
    shown = letters_of_wave(wave, by=told.cast.viewer)
    assert [(each.number, each.paper) for each in shown.files] == [
        (2, Paper.A4),
        (1, Paper.LETTER),
    ]
    assert shown.withheld == {Withheld.NO_SUCH_WAY: 1}
    assert shown.waiting == {Paper.LETTER: 0, Paper.A4: 0}


def test_a_file_holds_no_more_than_was_asked(told: Told, wave: Wave) -> None:
    assert [made(told, wave, most=1).letters for _ in range(2)] == [1, 1]


def test_who_answered_or_is_suppressed_is_not_printed(
    told: Told, wave: Wave, ana: Purchaser
) -> None:
    first = told.notice(wave, ana, Way.LETTER)
    digest = bytes(first.contact_digest)
    suppress(contact_digest=digest, way=Way.LETTER, reason=Suppression.ASKED, recall=told.recall)
    assert made(told, wave).letters == 1
    first.refresh_from_db()
    assert (first.state, first.withheld) == (NoticeState.WITHHELD, Withheld.SUPPRESSED)


def test_who_claimed_gets_no_reminder_on_paper(told: Told) -> None:
    ana = told.bought("Ana Example", address=street(4))
    told.sent(Way.LETTER)
    reminder = told.started(Way.LETTER, kind=WaveKind.REMINDER, silent_days=0)
    told.claim(ana)
    assert make_letter_file(wave=reminder, paper=Paper.LETTER, by=told.cast.author) is None
    assert reminder.notices.get().withheld == Withheld.ANSWERED


def test_the_same_file_is_made_again_and_each_time_logged(told: Told, wave: Wave) -> None:
    file = made(told, wave)
    first = take_pdf(file=file, by=told.cast.author, reason="To the printer")
    assert first.startswith(b"%PDF")
    assert take_pdf(file=file, by=told.cast.author, reason="Once more") == first
    rows = StateChange.objects.filter(subject=Subject.LETTER_FILE, reason=Reason.FILE_TAKEN)
    assert [text_of(each.note) for each in rows.order_by("pk") if each.note] == [
        "To the printer",
        "Once more",
    ]
    with pytest.raises(NoReasonForExport):
        take_pdf(file=file, by=told.cast.author, reason=" ")
    with pytest.raises(NotPermitted):
        take_pdf(file=file, by=told.cast.viewer, reason="To look")


def test_the_list_of_addresses_has_each_letter_under_its_reference(told: Told, wave: Wave) -> None:
    file = made(told, wave)
    list_ = take_addresses(
        file=file, by=told.cast.author, reason="To the printer", form=SheetForm.CSV
    )
    text = b"".join(list_.parts).decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text))
    assert (heads[0], *heads[-2:]) == ("Reference", "Country", "Also for")
    number = file.notices.order_by("language").values_list("pk", flat=True)[0]
    assert rows[0][:4] == [
        f"'{reference_of(number)}",
        "'Ana Example",
        "'1 Example Street",
        "'SPRINGFIELD, IL 62704",
    ]
    assert len(rows) == 2
    book = take_addresses(file=file, by=told.cast.author, reason="x", form=SheetForm.XLSX)
    assert b"".join(book.parts).startswith(b"PK")


def test_a_file_made_by_mistake_is_put_back(told: Told, wave: Wave) -> None:
    file = made(told, wave)
    assert put_back(file_id=file.pk, by=told.cast.author) == 2
    assert states(wave) == ["waiting", "waiting", "waiting", "withheld"]
    with pytest.raises(LettersRefused, match="put back"):
        take_pdf(file=file, by=told.cast.author, reason="To the printer")
    with pytest.raises(LettersRefused):
        mark_posted(file_id=file.pk, on=clock.now().date(), by=told.cast.author)
    again = made(told, wave)
    assert (again.number, again.letters) == (2, 2)
    assert letters_of_wave(wave, by=told.cast.viewer).files[1].is_put_back


def test_what_nobody_took_out_was_not_posted_and_does_not_come_back(
    told: Told, wave: Wave, ana: Purchaser
) -> None:
    file = made(told, wave)
    (shown,) = letters_of_wave(wave, by=told.cast.viewer).files
    assert not shown.is_to_post
    with pytest.raises(LettersRefused, match="Nobody took file 1 out yet"):
        mark_posted(file_id=file.pk, on=clock.now().date(), by=told.cast.author)
    back = reference_of(told.notice(wave, ana, Way.LETTER).pk)
    assert letters_came_back([back], by=told.cast.author).came_back == 0
    taken(told, file)
    (shown,) = letters_of_wave(wave, by=told.cast.viewer).files
    assert shown.is_to_post
    assert mark_posted(file_id=file.pk, on=clock.now().date(), by=told.cast.author) == 2


def test_of_a_paused_wave_no_file_leaves_for_the_first_time(told: Told, wave: Wave) -> None:
    abroad, home = made(told, wave, Paper.A4), taken(told, made(told, wave))
    pause_wave(wave, by=told.cast.author)
    with pytest.raises(LettersRefused, match="is paused: no letter of it leaves"):
        take_pdf(file=abroad, by=told.cast.author, reason="To the printer")
    with pytest.raises(LettersRefused, match="is paused: no letter of it leaves"):
        taken(told, abroad)
    assert not abroad.notices.exclude(handed_out_at=None).exists()
    assert taken(told, home), "what the printer has is had again"
    assert mark_posted(file_id=home.pk, on=clock.now().date(), by=told.cast.author) == 2
    resume_wave(wave, by=told.cast.author)
    assert taken(told, abroad)


def test_letters_count_as_sent_once_they_were_posted(told: Told, wave: Wave) -> None:
    file = taken(told, made(told, wave))
    today = clock.now().date()
    for wrong in (today + timedelta(days=1), today - timedelta(days=9)):
        with pytest.raises(LettersRefused, match="cannot have been posted"):
            mark_posted(file_id=file.pk, on=wrong, by=told.cast.author)
    assert mark_posted(file_id=file.pk, on=today, by=told.cast.author) == 2
    assert mark_posted(file_id=file.pk, on=today, by=told.cast.author) == 0
    sent = wave.notices.filter(state=NoticeState.SENT)
    assert {each.sent_at.date() for each in sent if each.sent_at} == {today}
    moved = StateChange.objects.filter(subject=Subject.NOTICE, to_state=NoticeState.SENT)
    assert moved.count() == 2
    with pytest.raises(LettersRefused, match="was posted"):
        put_back(file_id=file.pk, by=told.cast.author)


def test_what_was_stopped_is_printed_no_more(told: Told, wave: Wave) -> None:
    file = made(told, wave)
    stop_wave(wave, by=told.cast.author, reason="Made up")
    with pytest.raises(LettersRefused, match="stopped"):
        take_pdf(file=file, by=told.cast.author, reason="To the printer")
    with pytest.raises(LettersRefused):
        mark_posted(file_id=file.pk, on=clock.now().date(), by=told.cast.author)


def test_nothing_is_printed_of_a_wave_that_stands_still(told: Told, wave: Wave) -> None:
    pause_wave(wave, by=told.cast.author)
    with pytest.raises(LettersRefused, match="not being sent"):
        make_letter_file(wave=wave, paper=Paper.A4, by=told.cast.author)


def test_each_line_of_what_came_back_is_counted(told: Told, wave: Wave, ana: Purchaser) -> None:
    file = taken(told, made(told, wave))
    mark_posted(file_id=file.pk, on=clock.now().date(), by=told.cast.author)
    back = reference_of(told.notice(wave, ana, Way.LETTER).pk)
    abroad = reference_of(wave.notices.get(country="DE").pk)
    typed = f"{back}\n\n{back.lower()}, N-0000-9\n{abroad}\nN-ZZZZ-1\n"
    found = letters_came_back(lines_in(typed), by=told.cast.author)
    assert (found.lines, found.came_back, found.known, found.blank) == (6, 1, 1, 1)
    assert [each.number for each in found.rejects] == [4, 5, 6]
    notice = wave.notices.get(state=NoticeState.BOUNCED)
    silenced = Suppressed.objects.get(notice=notice)
    assert (silenced.way, silenced.recall) == (Way.LETTER, None)
    with pytest.raises(NotPermitted):
        letters_came_back([back], by=told.cast.viewer)
