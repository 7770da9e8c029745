"""What Lighthouse says of the pages that owners see first: the notice, the check, a claim's start.

Guarantee: nothing is installed here. Where Node, Lighthouse (`make lighthouse`) or a browser is
missing, `missing` says which.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.page_weight import CHECK, CHROMIUM, NOTICE
from benchmarks.report import Section

FOLDER = Path(__file__).parent / "lighthouse"
START = "/en/recalls/anker-a1263/claim"
FORMS = ("mobile", "desktop")
JUDGED = ("accessibility", "best-practices", "seo")
"""At 100, on every run: they are counted, not timed."""
PERFORMANCE = "performance"
TIMES = 5
PATIENCE = 600
NOT_INDEXED = "is-crawlable"
"""The claim's start says `noindex`: a search leads to the notice, not into a form."""
NAMES = {NOTICE: "notice", CHECK: "check", START: "start of a claim"}


@dataclass(frozen=True)
class Judged:
    """One page as one kind of device shows it: scores of 0 to 100 by category, one for each time;
    `lost` is what cost something."""

    name: str
    form: str
    scores: dict[str, list[int]]
    lost: list[str]


def missing() -> str:
    """What is not there that an audit needs; empty where all is."""
    if shutil.which("node") is None:
        return "there is no Node"
    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        return "Lighthouse is not installed: `make lighthouse`"
    return "" if Path(CHROMIUM).exists() else f"there is no Chromium at {CHROMIUM}"


def audited(
    site: str,
    paths: tuple[str, ...],
    *,
    forms: tuple[str, ...] = FORMS,
    categories: tuple[str, ...] = JUDGED,
    times: int = 1,
) -> list[Judged]:
    """The pages below `site`, each as each form of device. Raises CalledProcessError."""
    asked: dict[str, Any] = {
        "chromium": CHROMIUM,
        "sandbox": os.geteuid() != 0,
        "categories": categories,
        "pages": [
            {"name": NAMES[path], "address": site + path, "form": form, "times": times}
            for path in paths
            for form in forms
        ],
    }
    ran = subprocess.run(
        ["node", "audit.mjs"],
        cwd=FOLDER,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return [Judged(**each) for each in json.loads(ran.stdout)]


def measure(port: int, times: int = TIMES) -> Section:
    """The scores, from the server on this port."""
    section = Section(
        "What Lighthouse says of the pages",
        "Lighthouse as pinned in benchmarks/lighthouse, with Debian's Chromium, headless, as a "
        "telephone on a slow network (simulated) and as a desktop; the A1263 notice and check as "
        "`serve` gives them, no proxy before it. Performance is the median of five, on a machine "
        "that other work shared. A claim's start asks search engines not to list it, on purpose: "
        "its SEO is stated only.",
    )
    wanting = missing()
    if wanting:
        section.add("accessibility, best practices, SEO, performance", f"left out: {wanting}")
        return section
    site = f"http://127.0.0.1:{port}"
    every = (*JUDGED, PERFORMANCE)
    for each in audited(site, (NOTICE, CHECK, START), categories=every, times=times):
        is_listed = each.name != NAMES[START]
        _judge(section, each, JUDGED if is_listed else JUDGED[:-1])
        for category in (PERFORMANCE,) if is_listed else (JUDGED[-1], PERFORMANCE):
            _state(section, each, category)
    return section


def _judge(section: Section, judged: Judged, categories: tuple[str, ...]) -> None:
    least = [min(judged.scores[category]) for category in categories]
    section.judge(
        f"{judged.name}, {judged.form}: {', '.join(categories)}; the least of all runs",
        ", ".join(map(str, least)),
        "100 each",
        reached=min(least) == 100,
    )


def _state(section: Section, judged: Judged, category: str) -> None:
    found = judged.scores[category]
    section.add(
        f"{judged.name}, {judged.form}: {category}, the median",
        f"{median(found):.0f} of {', '.join(map(str, found))}",
    )
