"""Versions go live while checks run at full rate: none fails, none is wrong, none is late."""

import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.changing_list import CHANGING, Expected, changing_list, expected
from benchmarks.child import run_child
from benchmarks.full_rate import PROCESSES, THREADS, Observation, asked_on
from benchmarks.report import Section
from benchmarks.serving import free_port, running
from benchmarks.sizes import Sizes
from benchmarks.timing import quantile

WORKERS = 2
LATEST = 30.0
"""Seconds after a version went live in which the one before may still be named."""
AROUND = (1.0, 5.0)
"""Seconds before and after a version goes live whose slowest answer is stated."""
OF_EACH = 100

LiveAt = Mapping[int, float]
"""When each version went live, as it was read just before its commit."""


@dataclass(frozen=True)
class Judged:
    """What became of the checks, as one may say it of a server that is to be trusted."""

    failed: int
    wrong: int
    ahead: int
    """Answers by a version before it was live."""
    named: Mapping[int, int]
    """How many answers named each version."""
    old_named_for: Mapping[int, float]
    """For each change, how many seconds after it an older version was named last."""


def version_named(seen: Observation) -> int | None:
    """The version of the changing recall that an answer names."""
    return next((version for slug, version, _ in seen.versions if slug == CHANGING), None)


def is_failed(seen: Observation) -> bool:
    """No whole answer, or another than 200."""
    return seen.status != 200


def is_wrong(seen: Observation, truth: Expected) -> bool:
    """Whether an answer says anything else than what the version that it names covers."""
    version = version_named(seen)
    if version is None:
        return True
    right = truth[seen.serial].get(version)
    said = next(verdict for slug, _, verdict in seen.versions if slug == CHANGING)
    return {seen.verdict, said} != {right}


def judged(all_seen: Iterable[Observation], truth: Expected, live_at: LiveAt) -> Judged:
    """Every answer, held against the lists and against the moments of the changes."""
    failed = wrong = ahead = 0
    named = dict.fromkeys(live_at, 0)
    last_named: dict[int, float] = {}
    for seen in all_seen:
        if is_failed(seen):
            failed += 1
            continue
        wrong += is_wrong(seen, truth)
        version = version_named(seen)
        if version in named:
            named[version] += 1
            ahead += seen.answered_at < live_at[version]
            last_named[version] = max(last_named.get(version, 0.0), seen.answered_at)
    old_named_for = {
        version: max(
            (last - since for older, last in last_named.items() if older < version), default=0.0
        )
        for version, since in live_at.items()
        if version > min(live_at)
    }
    return Judged(failed, wrong, ahead, named, old_named_for)


def slowest(all_seen: Iterable[Observation], moments: Iterable[float]) -> tuple[float, float]:
    """The longest wait for an answer around these moments, and at all other times; in seconds."""
    around = elsewhere = 0.0
    spans = [(moment - AROUND[0], moment + AROUND[1]) for moment in moments]
    for seen in all_seen:
        took = seen.answered_at - seen.asked_at
        if any(seen.asked_at <= until and since <= seen.answered_at for since, until in spans):
            around = max(around, took)
        else:
            elsewhere = max(elsewhere, took)
    return around, elsewhere


def measure(folder: Path, sizes: Sizes) -> Section:
    """Publishes version after version in processes of their own, while others ask."""
    section = Section(
        "A new version goes live while checks run at full rate",
        f"A made-up recall of {sizes.changing:,} serials, beside another of the same form, so that "
        f"their lists are joined; served by `serve` with {WORKERS} web processes, with no limit on "
        f"checks. {PROCESSES * THREADS} connections from {PROCESSES} processes ask by "
        "`POST /api/v1/checks`, each as soon as its last answer is there. Meanwhile another "
        f"process imports a list with one in ten replaced, approves, overrides and publishes it, "
        f"{sizes.changes} times; then it is asked for {sizes.watched:.0f} seconds more. "
        "Asked are serials that a version drops, that it takes in, that are in all, mistyped ones "
        "and some far from all; what is right by the version that an answer names is known from "
        "the lists and, for reach, by brute force. Times are by the clock of the machine; a "
        "version counts as live from the moment read just before its commit. On two cores "
        "whoever asks, imports and builds takes part of what would serve.",
    )
    lists = changing_list(sizes.changing, versions=sizes.changes + 1)
    truth = expected(lists, OF_EACH)
    lists.write(folder / "lists")
    environ = {
        **os.environ,
        "RECALLDESK_HOME": str(folder / "home"),
        "RECALLDESK_FREE_CHECKS": "1000000000",
    }

    def publish(version: int) -> float:
        words = (str(folder / "lists"), str(version), str(sizes.changing))
        done = run_child("benchmarks.going_live_child", *words, environ=environ)
        return float(done["live_at"])

    first, *others = lists.versions
    live_at = {first: publish(first)}
    port = free_port()
    serve = ["recalldesk", "serve", "--port", str(port), "--workers", str(WORKERS), "--no-jobs"]
    with running(serve, port, environ), asked_on(port, sorted(truth)) as end_and_tell:
        for version in others:
            time.sleep(sizes.watched / 10)
            live_at[version] = publish(version)
        time.sleep(max(0.0, max(live_at.values()) + sizes.watched - time.time()))
        all_seen = end_and_tell()
    state(section, all_seen, truth, live_at)
    return section


def state(
    section: Section, all_seen: Sequence[Observation], truth: Expected, live_at: LiveAt
) -> None:
    """The figures, and whether each aim was reached."""
    found = judged(all_seen, truth, live_at)
    checks = f"of {len(all_seen):,} checks"
    was_seen = all(found.named.values())
    for what, count in (
        ("checks that failed", found.failed),
        ("answers wrong for the version that they name", found.wrong),
        ("answers by a version that was not live yet", found.ahead),
    ):
        section.judge(what, f"{count:,} {checks}", "0", reached=was_seen and not count)
    _state_old(section, found, all_seen, live_at)
    named = (f"{number}: {count:,}" for number, count in found.named.items())
    section.add("answers that name version", ", ".join(named))
    kinds = Counter(seen.verdict for seen in all_seen if seen.verdict)
    told = (f"`{kind}` {count:,}" for kind, count in kinds.most_common())
    section.add("answers", ", ".join(told))
    _state_times(section, all_seen, live_at)


def _state_old(
    section: Section, found: Judged, all_seen: Sequence[Observation], live_at: LiveAt
) -> None:
    watched = max(seen.answered_at for seen in all_seen) - max(live_at.values())
    longest = max(found.old_named_for.values())
    each = ", ".join(f"{seconds:.1f} s" for seconds in found.old_named_for.values())
    section.judge(
        "an old version is named after the new one went live, at the latest",
        f"{each} (watched until {watched:.0f} s after the last change)",
        f"at most {LATEST:.0f} s",
        reached=all(found.named.values()) and longest <= LATEST <= watched,
    )


def _state_times(section: Section, all_seen: Sequence[Observation], live_at: LiveAt) -> None:
    began = min(seen.asked_at for seen in all_seen)
    seconds = max(seen.answered_at for seen in all_seen) - began
    section.add("checks a second, all the while", f"{len(all_seen) / seconds:,.0f}")
    last = max(live_at.values())
    alone = [seen for seen in all_seen if seen.asked_at > last + AROUND[1]]
    if alone:
        rate = len(alone) / (max(seen.answered_at for seen in alone) - last - AROUND[1])
        section.add("checks a second, while nothing is published", f"{rate:,.0f}")
    around, elsewhere = slowest(all_seen, sorted(live_at.values())[1:])
    section.add(
        f"slowest answer from {AROUND[0]:.0f} s before a version goes live to {AROUND[1]:.0f} s "
        "after",
        f"{around * 1e3:,.0f} ms",
    )
    section.add("slowest answer at all other times", f"{elsewhere * 1e3:,.0f} ms")
    took = sorted(round((seen.answered_at - seen.asked_at) * 1e6) for seen in all_seen)
    for share in (0.5, 0.99, 0.999):
        section.add(f"{share:.1%} of answers within", f"{quantile(took, share) / 1e3:,.1f} ms")
