"""A measurement must be able to fail: it sees a wrong answer, and a figure it could not take."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import page_audit, page_weight
from benchmarks.asking import check, only_live
from benchmarks.brute_force import Letters, is_within_reach
from benchmarks.guesser import checks_until_affected
from benchmarks.mistakes import SLIPS
from benchmarks.out_of_reach import FAR, NEAR, count_answers
from benchmarks.promise import AGAIN, FIRST, ONE, TWO, count_errors
from benchmarks.report import Section, missed, write
from benchmarks.timing import longer_share, quantile
from benchmarks.worlds import World, patterned_world
from recalldesk.units.verdict.answer import Verdict
from tests.scopes import A1263, listed_scope

COVERED = "YV8Z31734HN04856"
OTHER = "XWKKTTRRPPNNMMJJ"


def world_of(listed: str, folder: Path, *, meant: str = COVERED) -> World:
    """A world whose index lists one serial, and whose affected serial is `meant`."""
    return World("one", listed_scope([listed], A1263, folder), (meant,))


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("YV8Z31734HN04856", True),
        ("YVBZ31734HN04856", True),
        ("YVB231734HNO48S6", True),
        ("YVBZ3173AHN04856", True),
        ("YV8Z31734HN0485", True),
        ("YV8Z31734HN048566", True),
        ("YV8Z31374HN04856", True),
        ("YX8Z31754HN04856", False),
        ("YVZ831737HN04856", False),
    ],
)
def test_brute_force_finds_what_the_rule_says(typed: str, near: bool) -> None:
    letters = Letters(A1263)
    known = {letters.outline(COVERED)}.__contains__
    assert is_within_reach(typed, letters, known) == near


def test_brute_force_reads_a_pattern_by_what_each_place_may_hold() -> None:
    world = patterned_world()
    known = world.known_outlines()
    for typed, near in (("B530KP36SWWWWWWA", True), ("BS30KX363WWWWWW7", False)):
        assert is_within_reach(typed, world.letters, known) == near


def test_a_wrong_answer_at_first_entry_is_counted(tmp_path: Path) -> None:
    seen = count_errors(world_of(OTHER, tmp_path), 1, 40)
    # One left out or too many has not the form; the others are well formed.
    assert seen[FIRST, Verdict.NOT_AFFECTED] > 10


def test_every_error_that_is_to_be_looked_at_again_is_asked_twice_more(tmp_path: Path) -> None:
    seen = count_errors(world_of(COVERED, tmp_path), 1, 400)
    looked = seen[FIRST, Verdict.LOOK_AGAIN]
    assert looked > 300
    assert seen[AGAIN, Verdict.ASK_A_PERSON] == looked
    assert sum(n for (name, _), n in seen.items() if name in (ONE, TWO)) == looked
    assert seen[ONE, Verdict.NOT_AFFECTED] == seen[TWO, Verdict.NOT_AFFECTED] == 0
    assert seen[TWO, Verdict.ASK_A_PERSON] > 50
    assert all(sum(n for (name, _), n in seen.items() if name == slip) == 100 for slip in SLIPS)


def test_an_answer_that_brute_force_contradicts_is_counted(tmp_path: Path) -> None:
    wrongly_near = world_of(COVERED, tmp_path, meant=OTHER)
    known = {wrongly_near.letters.outline(OTHER)}.__contains__
    with only_live(wrongly_near.version):
        assert check("YV8Z31734HN04857").verdict is Verdict.LOOK_AGAIN
    seen = count_answers(wrongly_near, known, 1, 30)
    assert sum(n for (where, *_), n in seen.items() if where == FAR) == 30
    wrong = {where for where, _, verdict in seen if verdict is Verdict.NOT_AFFECTED}
    assert NEAR in wrong


@pytest.mark.parametrize("start", ["YV8Z31734HN0485X", "YVBZ3173AHNO4856", "YV8Z31734HN0485"])
def test_a_guesser_who_uses_the_answers_needs_few(start: str, tmp_path: Path) -> None:
    with only_live(world_of(COVERED, tmp_path).version):
        asked = checks_until_affected(start, Letters(A1263))
    assert asked is not None
    assert 2 <= asked <= 60


def test_a_guesser_far_from_everything_gives_up(tmp_path: Path) -> None:
    with only_live(world_of(COVERED, tmp_path).version):
        assert checks_until_affected(OTHER, Letters(A1263)) is None


def test_without_chromium_the_weight_of_a_page_is_not_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_weight, "CHROMIUM", str(tmp_path / "none"))
    section = page_weight.measure(port=9)
    figures = missed([section])
    assert len(figures) == 2
    for figure in figures:
        assert figure.measured.startswith("not measured: there is no Chromium")
    write([section], path=tmp_path / "results.md")
    page = (tmp_path / "results.md").read_text()
    assert "With an aim that was not reached: Pages are light." in page
    assert "| at most 40 kB | **no** |" in page
    assert "| at most 30 kB | **no** |" in page


def test_without_lighthouse_its_figures_are_left_out_and_it_is_said_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_audit, "FOLDER", tmp_path)
    monkeypatch.setattr(page_audit.shutil, "which", lambda _program: "/usr/bin/node")
    section = page_audit.measure(port=9)
    assert missed([section]) == []
    assert section.figures[0].measured == "left out: Lighthouse is not installed: `make lighthouse`"
    monkeypatch.setattr(page_audit.shutil, "which", lambda _program: None)
    assert page_audit.missing() == "there is no Node"


def test_a_score_below_100_is_missed_and_performance_is_only_stated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {"accessibility": [100, 100], "best-practices": [100, 96], "seo": [100, 66]}
    judged = [
        page_audit.Judged(name, "mobile", found | {"performance": [90, 80]}, [])
        for name in ("notice", "start of a claim")
    ]
    monkeypatch.setattr(page_audit, "missing", lambda: "")
    monkeypatch.setattr(page_audit, "audited", lambda *_args, **_more: judged)
    section = page_audit.measure(port=9)
    assert [figure.measured for figure in missed([section])] == ["100, 96, 66", "100, 96"]
    stated = {f.what: f.measured for f in section.figures if not f.aim}
    assert stated == {
        "notice, mobile: performance, the median": "85 of 90, 80",
        "start of a claim, mobile: seo, the median": "83 of 100, 66",
        "start of a claim, mobile: performance, the median": "85 of 90, 80",
    }


def test_lighthouse_is_pinned_and_its_lock_names_no_place_to_fetch_from() -> None:
    asked = json.loads((page_audit.FOLDER / "package.json").read_text("utf-8"))
    text = (page_audit.FOLDER / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    for name, version in asked["dependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == version
    assert "://" not in text
    assert all("integrity" in package for name, package in packages.items() if name)


def test_a_side_that_always_takes_longer_is_told_from_one_that_does_not() -> None:
    assert longer_share([5, 6, 7], [1, 2, 3]) == 1.0
    assert longer_share([1, 2, 3], [5, 6, 7]) == 0.0
    assert longer_share([1, 2, 3, 4], [1, 2, 3, 4]) == 0.5
    assert (quantile(list(range(100)), 0.5), quantile([3], 0.99)) == (50, 3)


@pytest.mark.parametrize(("reached", "code"), [(True, 0), (False, 1)])
@pytest.mark.parametrize("chosen", [[], ["pages"]])
def test_an_aim_that_was_missed_shows_in_the_exit_code(
    reached: bool, code: int, chosen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = Section("Some", "Somehow.")
    section.judge("a figure", "3", "at most 2", reached=reached)
    written = Counter[str]()
    monkeypatch.setattr(bench, "set_up", lambda folder: None)
    monkeypatch.setattr(bench, "measures", lambda folder, sizes: {"pages": lambda: [section]})
    monkeypatch.setattr("benchmarks.report.write", lambda *_, **__: written.update(["page"]))
    assert bench.main(chosen, tiny=False, write=not chosen) == code
    assert written["page"] == (0 if chosen else 1)


def test_a_part_that_is_measured_again_takes_its_own_place(tmp_path: Path) -> None:
    def measured(title: str, figure: str, *, reached: bool = True) -> Section:
        section = Section(title, "Somehow.")
        section.judge("a figure", figure, "at most 2", reached=reached)
        return section

    page = tmp_path / "RESULTS.md"
    write([measured("First", "1"), measured("Second", "3", reached=False)], path=page)
    assert "not reached: Second." in page.read_text()
    write([measured("Second", "2")], path=page)
    text = page.read_text()
    assert "not reached: none." in text
    assert text.index("## First") < text.index("## Second")
    assert ("| a figure | 3 |" in text, text.count("## Second")) == (False, 1)
