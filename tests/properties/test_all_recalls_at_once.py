"""Asking all recalls at once gives what asking each of their scopes alone gives."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.foundation.printed_letters import as_printed
from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.index import joined
from recalldesk.units.index.joined import build_joined, groups_to_join, open_joined
from recalldesk.units.index.manifest import FORMAT as PARTS_FORMAT
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict import inside
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import LiveVersions, all_at_once
from recalldesk.units.verdict.profiles import FEW
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.rules import look
from recalldesk.units.verdict.scope import Nearness, Scope
from tests.folders import fresh_folder
from tests.scopes import (
    A1263,
    SMALL,
    VIN,
    listed_scope,
    mistyped,
    patterned_scope,
    ranged_scope,
    version_of,
)

OTHER = replace(SMALL, look_alikes=("5S", "8B"), shortest=5, longest=7)


def _listed(form: SerialForm, draw: random.Random, count: int) -> Scope:
    lengths = range(form.shortest, form.longest + 1)
    serials = {"".join(draw.choices(form.alphabet, k=draw.choice(lengths))) for _ in range(count)}
    return listed_scope(sorted({form.fold(s) for s in serials}), form, fresh_folder() / "list")


def _ranged(draw: random.Random) -> Scope:
    stem = draw.choice(["ZZ9CAB12K", "ZZ9EST12K", "ZZ9"])
    first = draw.randrange(100, 900)
    ends = (f"{stem}{n:0{12 - len(stem)}d}" for n in (first, first + draw.randrange(1, 90)))
    spans = [SerialRange(*ends, draw.choice(list(Counting)))]
    return ranged_scope(spans, VIN)


def _versions(seed: int) -> tuple[tuple[KnownVersion, ...], list[str]]:
    """Some made-up recalls that read in several ways, and texts around what they cover."""
    draw = random.Random(seed)
    scopes = [
        # Now so few that read alike that each is simply asked, now more than that.
        *(
            _listed(draw.choice([SMALL, SMALL, OTHER, A1263]), draw, 12)
            for _ in range(draw.choice([5, 2 * FEW + 4]))
        ),
        *(_ranged(draw) for _ in range(3)),
        patterned_scope(draw.choice(["Z12#", "[28]*S", "BS*[0-9]"]), SMALL),
    ]
    draw.shuffle(scopes)
    versions = tuple(
        replace(version_of(scope, scope.form), recall=f"recall-{n}", index_name=f"index-{n}")
        for n, scope in enumerate(scopes)
    )
    known = [(s, scope.form) for scope in scopes if scope.listed for s in _serials(scope)]
    known += [(r.start, VIN) for scope in scopes for r in scope.described.ranges.ranges]
    known += [("Z125", SMALL), ("2ZZS", SMALL), ("BSZ1", SMALL)]
    chosen = (draw.choice(known) for _ in range(30))
    return versions, [mistyped(s, form, draw, slips=draw.randrange(3)) for s, form in chosen]


def _serials(scope: Scope) -> list[str]:
    assert scope.listed is not None
    return list(scope.listed.serials())  # type: ignore[attr-defined] # tries can be gone through


def _joined(versions: Sequence[KnownVersion]) -> LiveVersions:
    root = fresh_folder()
    groups = groups_to_join(versions)
    build_joined(root, groups)
    joined = open_joined(root, groups)
    assert joined
    return LiveVersions(tuple(versions), joined)


def _one_by_one(text: str, versions: Sequence[KnownVersion]) -> dict[str, Nearness]:
    """How near each version comes to a text, each of its scopes asked alone."""
    found: dict[str, Nearness] = {}
    for version in versions:
        for scope in version.scopes:
            folded = scope.form.fold(text)
            near = Nearness.HELD if scope.holds(folded) else scope.reach(folded).nearness
            found[version.recall] = max(near, found.get(version.recall, Nearness.FAR))
    return {recall: near for recall, near in found.items() if near is not Nearness.FAR}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_whoever_holds_a_text_or_comes_near_to_it_is_named(seed: int) -> None:
    versions, texts = _versions(seed)
    apart, joined = all_at_once(versions), _joined(versions)
    for typed in texts:
        if typed.startswith(("SN", "SERIAL", "S/N")):
            continue
        expected = _one_by_one(normalise(typed), versions)
        found = look(text=typed, live=joined)
        assert found == look(text=typed, live=apart), typed
        if Nearness.HELD in expected.values():
            covering = [recall for recall, near in expected.items() if near is Nearness.HELD]
            assert (found.verdict, [a.recall for a in found.recalls]) == ("affected", covering)
        elif expected:
            assert (found.verdict, [a.recall for a in found.recalls]) == (
                Verdict.LOOK_AGAIN,
                list(expected),
            ), typed
        else:
            assert found.verdict is not Verdict.AFFECTED


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.text("SN5MODELK20Q8B./", max_size=8), st.booleans())
def test_no_version_is_missed_inside_a_longer_text(seed: int, beside: str, before: bool) -> None:
    versions, texts = _versions(seed)
    live = _joined(versions)
    for typed in texts[:8]:
        text = normalise(beside + typed if before else typed + beside)
        printed = as_printed(text)
        whole = live.readings_of(printed) if printed != text else []
        expected = [
            version.recall
            for version in versions
            if any(inside._comes_near(scope, whole, printed, True) for scope in version.scopes)
        ]
        found = inside.versions_seen_inside(text, live, in_one_piece=True)
        assert [version.recall for version in found] == expected, text


@pytest.mark.parametrize("lost", ["a list", "the digests"])
def test_a_damaged_joined_index_is_left_alone(lost: str, tmp_path: Path) -> None:
    versions, _ = _versions(7)
    groups = groups_to_join(versions)
    folder = build_joined(tmp_path, groups)
    assert folder is not None
    assert len(open_joined(tmp_path, groups)) == len(groups)
    damaged = folder / ("group-0/exact.marisa" if lost == "a list" else "joined.json")
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    assert open_joined(tmp_path, groups) == ()
    build_joined(tmp_path, groups)
    assert len(open_joined(tmp_path, groups)) == len(groups)


def test_an_index_joined_from_parts_of_another_format_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, _ = _versions(7)
    groups = groups_to_join(versions)
    build_joined(tmp_path, groups)
    monkeypatch.setattr(joined, "PARTS_FORMAT", PARTS_FORMAT + 1)
    assert open_joined(tmp_path, groups) == ()
