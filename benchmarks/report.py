"""The results as one page: each figure with its aim and whether it was reached."""

import os
import platform
from collections.abc import Iterable
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
    reached: bool = True

    @property
    def verdict(self) -> str:
        """Whether the aim was reached, where there is one."""
        if not self.aim:
            return ""
        return "yes" if self.reached else "**no**"


@dataclass
class Section:
    """Figures that belong together, with how they were taken."""

    title: str
    how: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, what: str, measured: str) -> None:
        """One more figure that is only stated."""
        self._add(Figure(what, measured))

    def judge(self, what: str, measured: str, aim: str, *, reached: bool) -> None:
        """One more figure that has an aim."""
        self._add(Figure(what, measured, aim, reached))

    def not_measured(self, what: str, why: str, aim: str) -> None:
        """An aim that could not be measured is not reached."""
        self._add(Figure(what, f"not measured: {why}", aim, reached=False))

    def _add(self, figure: Figure) -> None:
        self.figures.append(figure)
        mark = " " if not figure.aim else "+" if figure.reached else "!"
        aim = f" (aim: {figure.aim})" if figure.aim else ""
        print(f"  {mark} {figure.what}: {figure.measured}{aim}", flush=True)


def missed(sections: Iterable[Section]) -> list[Figure]:
    """The aims that were not reached."""
    return [f for section in sections for f in section.figures if not f.reached]


def _rows(section: Section) -> list[str]:
    head = [f"## {section.title}", "", section.how, ""]
    table = ["| what | measured | aim | reached |", "|---|---|---|---|"]
    table += [f"| {f.what} | {f.measured} | {f.aim} | {f.verdict} |" for f in section.figures]
    return [*head, *table, "", f"Measured on {datetime.now(tz=UTC).date()}.", ""]


def write(sections: list[Section], *, path: Path = RESULTS) -> None:
    """Puts the sections into the page, each in the place of the one that it takes anew."""
    known = _known(path)
    for section in sections:
        known[section.title] = "\n".join(_rows(section)).rstrip()
    short = [title for title, text in known.items() if "| **no** |" in text]
    lines = [
        "# What was measured",
        "",
        "Written by `make bench`, or part by part by `python -m benchmarks --write PART`, with "
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores that other work shared. A time alone therefore says little here; "
        "a ratio compares two things measured in turn in the same run. Counts and shares come from "
        "seeds and are the same in every run. Everything measured is made up.",
        "",
        f"With an aim that was not reached: {', '.join(short) or 'none'}.",
        "",
        "\n\n".join(known.values()),
    ]
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _known(path: Path) -> dict[str, str]:
    """The sections of the page as it stands, by title, in their order."""
    if not path.exists():
        return {}
    _, *texts = path.read_text(encoding="utf-8").split("\n## ")
    return {text.partition("\n")[0]: f"## {text.rstrip()}" for text in texts}
