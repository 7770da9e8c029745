"""A proxy's log: every line is accounted for, each hit counts once, no visitor is told of."""

import gzip
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.core import serializers

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.publicity.errors import LogNotRead
from recalldesk.publicity.hits import hits_of
from recalldesk.publicity.logs import known
from recalldesk.publicity.logs.run import HitsTaken, import_hits, take_back_hits
from recalldesk.publicity.models import CountedLines, HitsFile, LogHits
from recalldesk.publicity.states import LineReason, LogForm, PageKind
from recalldesk.recalls.models import Recall
from tests.cast import Cast
from tests.publicity.logs_made import AT, BROWSER, NOTICE, caddys, combined, log_of

DAY = AT.date()
Take = Callable[[Iterable[str]], HitsTaken]


@pytest.fixture
def take(recall: Recall, by: Staff, tmp_path: Path) -> Take:
    def taken(lines: Iterable[str]) -> HitsTaken:
        return import_hits(recall=recall, path=log_of(tmp_path, lines), by=by)

    return taken


def counted(recall: Recall) -> int:
    return hits_of(recall, date(2026, 1, 1), date(2026, 12, 31)).count


def law(taken: HitsTaken) -> tuple[int, ...]:
    parts = (taken.accepted, taken.rejected, taken.duplicate, taken.blank, taken.others)
    assert sum(parts) == taken.lines
    return parts


@pytest.mark.parametrize("line", [combined, caddys])
def test_only_what_a_visitor_got_of_the_recalls_own_pages_counts(
    take: Take, line: Callable[..., str]
) -> None:
    far = timezone(timedelta(hours=-5))
    taken = take(
        [
            line(),
            line(f"{NOTICE}?q=secret-words", visitor=2),
            line(f"{NOTICE}check", status=304),
            line(at=datetime(2026, 3, 2, 22, 0, tzinfo=far)),
            "",
            "no line of a log",
            line(status=404),
            line(method="POST"),
            line(method="HEAD"),
            line("/en/recalls/another/"),
            line("/static/console.css"),
            line(agent="Madeupbot/2.0"),
            line(agent=""),
        ]
    )
    assert law(taken) == (4, 1, 0, 1, 7)
    assert taken.robots == 2
    assert taken.hits == {
        (DAY, PageKind.CHECK): 1,
        (DAY, PageKind.NOTICE): 2,
        (DAY + timedelta(days=1), PageKind.NOTICE): 1,
    }
    assert taken.rejects == [(6, LineReason.NO_FORM)]


def test_the_log_that_names_nobody_is_read(recall: Recall, take: Take) -> None:
    """As docs/publicity.md has nginx write it."""
    said = '- - [02/Mar/2026:08:15:30 +0000] "GET {} HTTP/1.1" 200 1 "-" "Mozilla/5.0 (X11)"'
    lines = [f"{number:032x} {said.format(NOTICE)}" for number in range(3)]
    assert law(take(lines)) == (3, 0, 0, 0, 0)
    assert law(take([*lines, lines[0].replace("0000", "000f", 1)])) == (1, 0, 3, 0, 0)


def test_what_is_kept_names_no_visitor(take: Take) -> None:
    take([combined(f"{NOTICE}?q=secret-words", visitor=77)])
    kept = serializers.serialize("json", [*HitsFile.objects.all(), *LogHits.objects.all()])
    for secret in ("192.0.2.77", "secret-words", "Firefox"):
        assert secret not in kept
    (row,) = CountedLines.objects.all()
    assert len(bytes(row.fingerprints)) == known.BYTES


def test_the_same_log_counts_once_gzipped_too(
    recall: Recall, by: Staff, take: Take, tmp_path: Path
) -> None:
    lines = [combined(visitor=each) for each in range(1, 6)]
    first = take(lines)
    again = take(lines)
    assert (again.is_known, again.number, again.accepted) == (True, first.number, 5)
    gzipped = tmp_path / "access.log.1.gz"
    gzipped.write_bytes(gzip.compress((tmp_path / "access.log").read_bytes()))
    assert import_hits(recall=recall, path=gzipped, by=by).is_known
    assert counted(recall) == 5


def test_a_log_that_grew_and_one_that_was_turned_count_what_is_new(
    recall: Recall, take: Take
) -> None:
    lines = [combined(visitor=each, at=AT + timedelta(seconds=each)) for each in range(1, 90)]
    assert law(take(lines[:40])) == (40, 0, 0, 0, 0)
    assert law(take(lines[:60])) == (20, 0, 40, 0, 0)
    assert law(take(lines[50:])) == (29, 0, 10, 0, 0)
    assert counted(recall) == 89


def test_a_line_that_stands_in_a_log_twice_is_two_hits(recall: Recall, take: Take) -> None:
    assert take([combined(), combined()]).accepted == 2
    assert law(take([combined(), combined(), combined(visitor=2)])) == (1, 0, 2, 0, 0)
    assert counted(recall) == 3


def test_logs_of_two_proxies_of_the_same_time_both_count(recall: Recall, take: Take) -> None:
    take([combined(visitor=each) for each in range(1, 6)])
    take([combined(visitor=each) for each in range(100, 103)])
    assert counted(recall) == 8


def test_minutes_that_come_back_are_known_again(
    monkeypatch: pytest.MonkeyPatch, recall: Recall, take: Take
) -> None:
    monkeypatch.setattr(known, "MOST_MINUTES", 2)
    monkeypatch.setattr(known, "MOST_LINES", 3)
    lines = [
        combined(visitor=each, at=AT + timedelta(minutes=each * 7 % 11)) for each in range(1, 60)
    ]
    assert law(take(lines)) == (59, 0, 0, 0, 0)
    assert law(take([*reversed(lines), combined(visitor=99)])) == (1, 0, 59, 0, 0)
    assert counted(recall) == 60


def test_what_a_log_that_is_still_written_ends_with_waits(
    recall: Recall, by: Staff, tmp_path: Path
) -> None:
    path = log_of(tmp_path, [combined()])
    path.write_text(path.read_text() + combined(visitor=2))
    taken = import_hits(recall=recall, path=path, by=by)
    assert law(taken) == (1, 1, 0, 0, 0)
    assert taken.rejects == [(2, LineReason.NO_END)]
    path.write_text(path.read_text() + " more\n")
    assert law(import_hits(recall=recall, path=path, by=by)) == (1, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (combined(at=AT.replace(year=2099)), LineReason.TO_COME),
        (combined().replace("/Mar/", "/Mrz/"), LineReason.NO_TIME),
        (combined(NOTICE + "a" * 20_000), LineReason.TOO_LONG),
        (combined()[:60], LineReason.NO_FORM),
        (caddys().replace("1772439330.0", "NaN"), LineReason.NO_TIME),
        (caddys().replace("1772439330.0", '"yesterday"'), LineReason.NO_TIME),
        (caddys().replace("1772439330.0", "9" * 400), LineReason.NO_TIME),
        ("[" * 10_000, LineReason.NO_FORM),
        ('{"request":' * 1_400, LineReason.NO_FORM),
        ('{"request": {"method": 5}}', LineReason.NO_FORM),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(take: Take, line: str, reason: LineReason) -> None:
    taken = take([combined(), line, combined(visitor=2)])
    assert law(taken) == (2, 1, 0, 0, 0)
    assert taken.rejects == [(2, reason)]


@pytest.mark.parametrize("time", ["1772439330", "1772439330000.5", '"2026-03-02T08:15:30.5Z"'])
def test_each_form_of_a_time_is_read(take: Take, time: str) -> None:
    taken = take([caddys().replace("1772439330.0", time)])
    assert taken.first_at == AT.replace(second=0)


def test_a_form_that_is_named_takes_no_other(recall: Recall, by: Staff, tmp_path: Path) -> None:
    path = log_of(tmp_path, [combined(), caddys()])
    for form in (LogForm.COMBINED, LogForm.JSON):
        taken = import_hits(recall=recall, path=path, by=by, form=form, only_look=True)
        assert law(taken) == (1, 1, 0, 0, 0)
    assert not HitsFile.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x1f\x8b broken", b"\x00\xff\n" * 9, gzip.compress(b"x" * 10_000, mtime=0)[:-12]],
)
def test_what_is_no_log_is_refused_and_leaves_nothing(
    recall: Recall, by: Staff, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(LogNotRead):
        import_hits(recall=recall, path=path, by=by)
    with pytest.raises(LogNotRead):
        import_hits(recall=recall, path=tmp_path, by=by)
    assert not HitsFile.objects.exists()
    assert not CountedLines.objects.exists()


def test_a_log_that_was_taken_back_can_come_in_again(recall: Recall, by: Staff, take: Take) -> None:
    lines = [combined(visitor=each) for each in range(1, 6)]
    wrong = take(lines)
    assert wrong.number
    take([*lines, combined(visitor=9)])
    first = take_back_hits(number=wrong.number, by=by, note="Of another site.")
    assert take_back_hits(number=wrong.number, by=by, note="").pk == first.pk
    assert counted(recall) == 1
    assert law(take(lines)) == (5, 0, 0, 0, 0)
    assert counted(recall) == 6


def test_a_look_keeps_nothing_and_a_viewer_takes_nothing_in(
    recall: Recall, cast: Cast, by: Staff, tmp_path: Path
) -> None:
    path = log_of(tmp_path, [combined(agent=BROWSER)])
    assert import_hits(recall=recall, path=path, by=by, only_look=True).accepted == 1
    assert counted(recall) == 0
    with pytest.raises(NotPermitted):
        import_hits(recall=recall, path=path, by=cast.viewer)
