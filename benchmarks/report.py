"""The results as one page: each figure with its aim and whether it was reached."""

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True)
class Figure:
    """One measured figure. `aim` is empty where the figure is only stated."""

    what: str
    measured: str
    aim: str = ""
    reached: bool | None = None


@dataclass
class Section:
    """Figures that belong together, with how they were taken."""

    title: str
    how: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, what: str, measured: str, aim: str = "", reached: bool | None = None) -> None:
        """One more figure, told at once."""
        self.figures.append(Figure(what, measured, aim, reached))
        mark = {None: " ", True: "+", False: "!"}[reached]
        print(f"  {mark} {what}: {measured}" + (f" (aim: {aim})" if aim else ""), flush=True)


def _rows(section: Section) -> list[str]:
    marks = {None: "", True: "yes", False: "**no**"}
    head = [f"## {section.title}", "", section.how, ""]
    table = ["| what | measured | aim | reached |", "|---|---|---|---|"]
    table += [
        f"| {f.what} | {f.measured} | {f.aim} | {marks[f.reached]} |" for f in section.figures
    ]
    return [*head, *table, ""]


def write(sections: list[Section]) -> bool:
    """Writes RESULTS.md; returns whether every aim was reached."""
    day = datetime.now(tz=UTC).date()
    lines = [
        "# What was measured",
        "",
        f"Written by `make bench` on {day}: Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, shared and noisy. "
        "Every ratio compares two things measured in the same run; a time alone says little.",
        "Everything measured is made up, from seeds.",
        "",
    ]
    for section in sections:
        lines += _rows(section)
    RESULTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return all(f.reached is not False for s in sections for f in s.figures)
