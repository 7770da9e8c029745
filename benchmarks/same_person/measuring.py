"""How well and how fast the same person is found, on seeds that nothing was tuned on."""

from pathlib import Path
from typing import Any

from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes

CHILD = "benchmarks.same_person.child"
LEAST_RECALL, LEAST_PRECISION = 0.97, 0.927
"""Of the issue, and of the design's guarded keys."""


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, each in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    section = Section("The same person", _how(sizes))
    for seed in sizes.people_seeds:
        path = folder / f"people-{seed}"
        made = run_child(CHILD, "make", str(path), str(seed), str(sizes.people))
        _judge_rule(section, seed, path, made)
        if seed == sizes.people_seeds[-1]:
            _say_claim(section, path)
        path.unlink()
    _say_review(section, folder / "review", sizes)
    return section


def _how(sizes: Sizes) -> str:
    return (
        f"{sizes.people:,} made-up records of purchasers a seed (here called purchasers, as a shop "
        "sees them), from households, firms and towns whose rates of moves, short forms, slips, "
        "shared boxes and numbers stand in `benchmarks/same_person/rates.py`; the rule was tuned "
        "on seeds 1 to 3, the review trained on 101 to 104. Counted are pairs of records within "
        "clusters; ± is the 95 % interval over clusters. The guarded keys of the design (same "
        "e-mail address, number or flat, and same first letter) run over the same records. Out of "
        "reach are pairs of one person whom no like contact connects, not even through others of "
        "their records, among the first 100,000. Memory is the peak of the process."
    )


def _judge_rule(section: Section, seed: int, path: Path, made: dict[str, Any]) -> None:
    keys = run_child(CHILD, "guarded", str(path))
    rule = run_child(CHILD, "rule", str(path))
    of = f"seed {seed}: "
    lost = made["lost"] / max(made["pairs"], 1)
    section.add(f"{of}people", f"{made['people']:,}")
    section.add(f"{of}pairs out of reach", f"{lost:.2%}")
    section.add(f"{of}guarded keys: precision, recall", f"{keys['precision']}, {keys['recall']}")
    section.judge(
        f"{of}the rule: recall of pairs", rule["recall"], f"at least {LEAST_RECALL}",
        reached=rule["recall_share"] >= LEAST_RECALL,
    )  # fmt: skip
    section.judge(
        f"{of}the rule: precision of pairs", rule["precision"], f"more than {LEAST_PRECISION}",
        reached=rule["precision_least"] > LEAST_PRECISION,
    )  # fmt: skip
    section.add(
        f"{of}put before a person",
        f"{rule['asked']:,} pairs, {rule['asked_rightly'] / max(rule['asked'], 1):.0%} of them "
        "truly one",
    )
    section.add(f"{of}records of the largest cluster", f"{rule['largest']}")
    section.add(
        f"{of}seconds of processor, times those of the guarded keys",
        f"{rule['cpu']:.0f}, {rule['cpu'] / keys['cpu']:.1f}",
    )
    section.add(f"{of}peak memory", f"{rule['mebibytes']:,.0f} MiB")


def _say_claim(section: Section, path: Path) -> None:
    claim = run_child(CHILD, "claim", str(path))
    section.add(
        "one new record against all: keys, candidates from a file, judged; median, 99 in 100",
        f"{claim['median'] * 1_000:.2f} ms, {claim['slow'] * 1_000:.1f} ms",
    )
    section.add(
        "candidates of a new record, mean and most", f"{claim['candidates']:.1f}, {claim['most']}"
    )
    section.add(
        "new records joined with one of another person",
        f"{claim['wrong']:,} of {claim['joined']:,} joins",
    )


def _say_review(section: Section, path: Path, sizes: Sizes) -> None:
    seed = sizes.people_seeds[0]
    run_child(CHILD, "make", str(path), str(seed), str(sizes.people_reviewed))
    told = run_child(CHILD, "review", str(path))
    path.unlink()
    section.add(
        f"the review of what the rules leave of {told['records']:,} records",
        f"{told['likely']:,} pairs, {told['right'] / max(told['likely'], 1):.0%} of them truly "
        f"one; {told['cpu']:.0f} s of processor, {told['mebibytes']:,.0f} MiB",
    )
