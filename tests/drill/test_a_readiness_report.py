"""What a manager reads: ready or not, then what to do; each point in words and with a sign."""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from rich.console import Console

from recalldesk.cli import drill_shown, screen
from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.outcome import Capacity, Outcome, Promises
from recalldesk.drill.paper.as_json import as_json
from recalldesk.drill.paper.as_pdf import as_pdf
from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.contacts import HOLDS_FOR, Confirmations, contacts, contacts_of
from recalldesk.drill.readiness.people import staff
from recalldesk.drill.readiness.points import Light, Point, bad, good, look, point
from recalldesk.drill.readiness.rehearsed import capacity, first_remedy, letters, promises
from recalldesk.drill.readiness.report import Readiness
from recalldesk.drill.wanted import Wanted
from recalldesk.recalls.document import Document
from recalldesk.recalls.recall_file import read_recall_file
from tests.cast import recall_text

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def document() -> Document:
    """That of the kettle."""
    return read_recall_file(recall_text())


def well() -> Outcome:
    """A drill in which all went as it should."""
    return Outcome(
        owners=100,
        filed=98,
        by_rule=70,
        to_a_person=28,
        usual=60,
        usual_to_a_person=12,
        days=[0.5, *[7.0] * 90, *[9.0] * 5],
        promises=Promises(
            honest=96,
            paid_once=96,
            dishonest=2,
            shown_to_a_person=2,
            checks_of_recalled=110,
            not_recalled=2,
        ),
        capacity=Capacity(
            checks_a_second=2_000,
            slow_check_ms=20,
            claims=98,
            claims_seconds=60,
            photos=120,
            photos_seconds=120,
            processors=2,
        ),
        wave={"lines": 98, "matched": 98, "notices": 86, "letters": 86, "twice": 0, "problem": ""},
        incidents_told=3,
        incidents_kept=3,
        incident_letters=3,
        delivered=96,
        corrected_in_report=96,
        seconds=180,
    )


def about(document: Document, outcome: Outcome, **launch: float) -> About:
    """What a point is judged by."""
    day = LaunchDay(**{"units": 5_000, **launch})  # type: ignore[arg-type]  # each of its own kind
    return About(document, None, day, Wanted(), outcome, NOW)


def test_a_good_drill_is_ready_in_each_point(document: Document) -> None:
    for ask in (capacity, first_remedy, promises, letters):
        found = ask(about(document, well()))
        assert found.light is Light.READY, [line.words for line in found.seen]
        assert found.todo == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"told_not_in_recall": 1},
        {"paid_twice": 1},
        {"unpaid": 1},
        {"lost": 1, "why_lost": {"Lost: send answered 500": 1}},
        {"dishonest_paid": 1},
        {"log_faults": 1},
    ],
)
def test_one_broken_promise_stops_the_launch(document: Document, wrong: dict[str, Any]) -> None:
    outcome = well()
    outcome.promises = replace(outcome.promises, **wrong)

    found = promises(about(document, outcome))

    assert found.light is Light.NOT_READY
    assert found.todo


def test_a_drill_without_a_dishonest_claim_is_to_be_done_again_and_stops_no_launch(
    document: Document,
) -> None:
    outcome = well()
    outcome.promises = replace(outcome.promises, dishonest=0, shown_to_a_person=0)

    found = promises(about(document, outcome))

    assert found.light is Light.LOOK
    assert "Do not launch" not in found.todo
    assert "ten owners or more" in found.todo


def test_a_report_that_counts_otherwise_than_was_delivered_stops_the_launch(
    document: Document,
) -> None:
    outcome = well()
    outcome.corrected_in_report = 95

    assert promises(about(document, outcome)).light is Light.NOT_READY


@pytest.mark.parametrize(
    ("units", "light"),
    [(5_000, Light.READY), (500_000, Light.LOOK), (5_000_000, Light.NOT_READY)],
)
def test_capacity_is_held_against_the_launch_day(
    document: Document, units: int, light: Light
) -> None:
    found = capacity(about(document, well(), units=units))

    assert found.light is light, [line.words for line in found.seen]
    assert any("measured" in line.words for line in found.seen)


def test_days_are_held_against_what_the_recall_promises(document: Document) -> None:
    outcome = well()
    promised = document.promises.review_days + document.promises.remedy_days

    outcome.days = [1.0, *[float(promised * 3)] * 20]
    assert first_remedy(about(document, outcome)).light is Light.NOT_READY
    outcome.days = []
    assert first_remedy(about(document, outcome)).light is Light.NOT_READY


def test_a_contact_is_ready_once_a_person_says_so_and_for_a_month(
    document: Document, tmp_path: Path
) -> None:
    known = replace_made_up(document)
    asked = about(known, well())
    assert contacts(asked, tmp_path).light is Light.NOT_READY

    kept = Confirmations(tmp_path)
    for contact in contacts_of(known):
        kept.say(contact, answers=True, by="author@desk.example", at=NOW)

    assert contacts(asked, tmp_path).light is Light.READY
    later = replace(asked, now=NOW + HOLDS_FOR + timedelta(days=1))
    assert contacts(later, tmp_path).light is Light.LOOK
    kept.say(contacts_of(known)[0], answers=False, by="author@desk.example", at=NOW)
    assert contacts(asked, tmp_path).light is Light.NOT_READY


def test_a_made_up_contact_is_never_ready(tmp_path: Path) -> None:
    text = Path("examples/anker-a1263/recall.toml").read_text(encoding="utf-8")
    made_up = read_recall_file(text)
    for contact in contacts_of(made_up):
        Confirmations(tmp_path).say(contact, answers=True, by="author@desk.example", at=NOW)

    assert contacts(about(made_up, well()), tmp_path).light is Light.NOT_READY


def replace_made_up(document: Document) -> Document:
    """As if all of it were real."""
    return document.model_copy(update={"made_up": ()})


def report(*points: Point) -> Readiness:
    """Of these points."""
    return Readiness(
        recall="kettle-k20",
        firm="Tidewater Kitchen",
        product="Kettle K20",
        version="version 1",
        at=NOW,
        points=points,
        wanted=Wanted(),
        launch=LaunchDay(5_000),
        outcome=well(),
    )


SOUND = point("Mail set up", [good("A way is set by which mail leaves.")])
ODD = point("Reach", [look("12.0% of 5,000 recalled units have a buyer.")], "Ask every shop.")
BROKEN = point("Backups recent", [bad("No folder for backups is set.")], "Set one.")


def test_the_first_line_says_whether_and_the_worst_is_done_first() -> None:
    found = report(SOUND, ODD, BROKEN)

    assert not found.is_ready
    assert found.headline == "Not ready: 1 point stops the launch of kettle-k20."
    assert [each.name for each in found.first] == ["Backups recent", "Reach"]
    assert report(SOUND, ODD).headline.startswith("Ready: ")
    assert report(SOUND).first == ()


def test_it_says_who_does_what_by_which_day() -> None:
    found = report(SOUND, ODD, BROKEN)
    assert found.who(SOUND) == found.by(SOUND) == ""
    assert (found.who(BROKEN), found.by(BROKEN)) == ("Whoever runs the server", "2 days before")

    meant = replace(found, launch_on=date(2026, 3, 9))
    assert (meant.by(BROKEN), meant.by(ODD)) == ("Fri 2026-03-06", "at once")
    assert meant.launch_in_words == "The launch is meant for Monday, 2026-03-09, in 7 days."


def test_the_pdf_says_how_each_point_stands_in_words() -> None:
    for paper in ("us-letter", "a4"):
        content = as_pdf(report(SOUND, ODD, BROKEN), paper=paper)
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        assert "Whoever runs the server" in text
        for words in ("Not ready", "Look at it", "Ready", "Set one.", "No folder for backups"):
            assert words in text


def test_json_has_the_same_points_in_the_same_order() -> None:
    """What stops the launch first."""
    told = json.loads(as_json(report(SOUND, ODD, BROKEN)))

    assert told["ready"] is False
    assert [each["name"] for each in told["points"]] == ["Backups recent", "Reach", "Mail set up"]
    assert [each["light"] for each in told["points"]] == ["not_ready", "look", "ready"]
    assert told["outcome"]["promises"]["paid_once"] == 96


@pytest.fixture(params=[80, 120])
def terminal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """A terminal of that width, without colours."""
    console = Console(width=request.param, no_color=True, highlight=False, file=io.StringIO())
    monkeypatch.setattr(screen, "out", console)
    monkeypatch.setattr(drill_shown, "out", console)
    with redirect_stdout(io.StringIO()):
        yield console


def test_a_terminal_shows_words_and_signs_within_its_width(terminal: Console) -> None:
    drill_shown.show(report(SOUND, ODD, BROKEN))

    kept = terminal.file
    assert isinstance(kept, io.StringIO)
    lines = kept.getvalue().splitlines()
    assert lines[0].startswith("Not ready: 1 point stops the launch")
    assert max(map(len, lines)) <= terminal.width
    for words in ("✗ Not ready", "! Look at it", "✓ Ready", "To do: Set one."):
        assert any(words in line for line in lines), words


@pytest.mark.django_db
def test_people_for_the_queue_are_reckoned_without_photos_that_the_drill_left_out(
    document: Document,
) -> None:
    found = staff(about(document, well(), units=1_000_000))

    said = [line.words for line in found.seen]
    assert said[0].startswith("In the drill 20% of 60 claims came before a person")
    assert "10,000 of the first day's" in said[0]
