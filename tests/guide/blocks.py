"""The fenced blocks of the guide, each with what its mark says of it."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
KINDS = {
    "run": "carried out by the tests",
    "debian": "needs Debian, systemd, root or a person: each command of ours in it is parsed",
    "install": "the same; the tests install the wheel another way",
    "shows": "what the block before it printed",
    "settings": "lines of the file of settings",
    "config": "lines of somebody else's file",
    "sql": "said to PostgreSQL",
}
WORDS = {
    "password": "asks for a password",
    "serving": "while the server runs",
    "any": "with any exit code",
}
GENERATED = re.compile(r"<!-- generated:.*?<!-- /generated -->", re.DOTALL)
FENCED = re.compile(r"(?:^<!-- ([a-z ]+) -->\n)?^```([a-z]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
STARTS = re.compile(r"(?:^|[|&;(]|\$\()\s*")


@dataclass(frozen=True)
class Block:
    """One of them. `marks`: its kind, then words about it."""

    page: str
    marks: tuple[str, ...]
    language: str
    text: str

    @property
    def kind(self) -> str:
        """What is done with it."""
        return self.marks[0] if self.marks else ""

    @property
    def lines(self) -> list[str]:
        """Its lines as a shell takes them."""
        joined = self.text.replace("\\\n", " ").splitlines()
        return [line for line in joined if line.strip() and not line.startswith("#")]


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page, in order, without those that are made of `deploy/`."""
    text = GENERATED.sub("", (GUIDE / page).read_text(encoding="utf-8"))
    return [
        Block(page, tuple((found[1] or "").split()), found[2], found[3])
        for found in FENCED.finditer(text)
    ]


def all_blocks() -> list[Block]:
    """Those of all pages."""
    return [block for path in sorted(GUIDE.glob("*.md")) for block in blocks_of(path.name)]


def commands_in(line: str) -> Iterator[list[str]]:
    """The words of each command of ours in a line of shell: behind `recall` or `recalldesk`."""
    for part in re.split(r"\|\||&&|[|;]", line):
        try:
            words = shlex.split(part, comments=True)
        except ValueError:
            continue
        for place, word in enumerate(words):
            is_run = words[0] == "runuser" and words[place - 1] != "-u"
            is_first = is_run or all("=" in each for each in words[:place])
            if word in ("recall", "recalldesk") and is_first:
                yield words[place + 1 :]
                break
