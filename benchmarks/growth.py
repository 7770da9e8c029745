"""What an affected check costs where there are more serials, or more recalls."""

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

import marisa_trie

from benchmarks.report import Section
from benchmarks.side_by_side import side_by_side
from benchmarks.sizes import Sizes
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.units import checking
from recalldesk.units.index.build import save, write_listed
from recalldesk.units.index.joined import build_joined, groups_to_join, open_joined
from recalldesk.units.index.listed import EXACT, ListedTries
from recalldesk.units.live import LiveIndex
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.scope import Scope
from tests.scopes import A1263, nothing, version_of

ROUNDS = 9
ASKED = 2_000
ONE, MANY_SERIALS, MANY_RECALLS = "one recall", "one recall of 20 million", "many recalls"


def _version(folder: Path, name: str, lengths: Sequence[int]) -> KnownVersion:
    tries = ListedTries(folder, form=A1263, lengths=frozenset(lengths))
    scope = Scope(A1263, tries, nothing(A1263), nothing(A1263))
    return replace(version_of(scope, A1263), recall=name, index_name=name)


def _listed(folder: Path, serials: Sequence[str]) -> Sequence[int]:
    folder.mkdir(parents=True)
    return write_listed(folder, sorted(serials), A1263)


def _one(folder: Path, serials: Sequence[str]) -> LiveVersions:
    return LiveVersions((_version(folder, "one", _listed(folder, serials)),))


def _of_millions(folder: Path, count: int, some: Sequence[str]) -> LiveVersions:
    """A list so long that its index does not fit into this machine's memory while it is built.

    An affected check asks the trie of the serials as they are, and no other: that one is whole.
    """
    lengths = _listed(folder, some)
    (folder / EXACT).unlink()
    save(marisa_trie.Trie(_millions(count, some)), folder / EXACT)
    return LiveVersions((_version(folder, "millions", lengths),))


def _millions(count: int, some: Sequence[str]) -> Iterator[str]:
    yield from some
    draw = random.Random(20)
    for _ in range(count - len(some)):
        yield "".join(draw.choices(A1263.alphabet, k=16))


def _of_many(folder: Path, count: int, serials: Sequence[str]) -> LiveVersions:
    folders = [folder / f"recall-{number}" for number in range(count)]
    shares = [serials[number::count] for number in range(count)]
    lengths = side_by_side(
        [partial(_listed, f, share) for f, share in zip(folders, shares, strict=True)]
    )
    versions = tuple(_version(f, f.name, found) for f, found in zip(folders, lengths, strict=True))
    groups = groups_to_join(versions)
    build_joined(folder / "joined", groups)
    return LiveVersions(versions, open_joined(folder / "joined", groups))


def _seconds_a_check(application: Any, live: LiveVersions, bodies: Sequence[bytes]) -> float:
    def start_response(status: str, _headers: object) -> None:
        assert status == "200 OK", status

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/checks",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }
    asked = [
        {**environ, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
        for body in bodies
    ]
    with patch.object(checking, "live_index", lambda at: LiveIndex(live, at)):
        before = process_time()
        answers = [application(each, start_response) for each in asked]
        used = process_time() - before
    if any(b'"affected"' not in body for (body,) in answers):
        raise RuntimeError("an affected serial was not answered as affected")
    return used / len(bodies)


def measure(folder: Path, sizes: Sizes) -> Section:
    """Processor time of affected checks, in this process, in turn."""
    section = Section(
        "Checks cost no more as recalls grow",
        "Processor time of an affected check through the lane, called as a server calls it but "
        f"without one (which makes the ratios harsher), median of {ROUNDS} rounds in turn over "
        f"{ASKED:,} random serials. *{ONE.capitalize()}*: {sizes.units:,} made-up serials. "
        f"*{MANY_SERIALS.capitalize()}*: {sizes.serials:,}; of its tries only that of the serials "
        "as they are is whole, which is all that an affected check asks: the whole index of so "
        f"long a list wants more memory than this machine has. *{MANY_RECALLS.capitalize()}*: "
        f"{sizes.recalls}, the serials of the first shared out, their lists joined in one index.",
    )
    serials = tuple(made_up_serials(A1263, sizes.units, seed=77, numbering=Numbering.RANDOM))
    some = random.Random(78).sample(serials, min(ASKED, len(serials)))
    worlds = {
        ONE: _one(folder / "one", serials),
        MANY_SERIALS: _of_millions(folder / "millions", sizes.serials, some),
        MANY_RECALLS: _of_many(folder / "many", sizes.recalls, serials),
    }
    bodies = [f'{{"serial": "{serial}"}}'.encode() for serial in some]
    times = _times(worlds, bodies)
    for name, seconds in times.items():
        section.add(f"{name}: an affected check", f"{seconds * 1e6:.1f} µs")
    for name, aim in ((MANY_SERIALS, 1.5), (MANY_RECALLS, 2.0)):
        ratio = times[name] / times[ONE]
        section.judge(
            f"{name}: times the cost with one recall of {sizes.units:,}",
            f"{ratio:.2f}",
            f"at most {aim}",
            reached=ratio <= aim,
        )
    return section


def _times(worlds: dict[str, LiveVersions], bodies: Sequence[bytes]) -> dict[str, float]:
    from recalldesk.checks import counts, guard
    from recalldesk.lane import lane
    from tests.contracts.wsgi import served

    application = served().application
    times: dict[str, list[float]] = {}
    # Neither limits nor the writing of counts is what grows here, and there is no database.
    with (
        patch.object(lane, "admit", lambda *_: guard.FREE),
        patch.object(counts, "_counter", counts.Counter()) as counter,
        patch.object(counter, "_wake_writer", lambda: None),
    ):
        for _ in range(ROUNDS):
            for name, live in worlds.items():
                times.setdefault(name, []).append(_seconds_a_check(application, live, bodies))
    return {name: statistics.median(each) for name, each in times.items()}
