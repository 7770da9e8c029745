"""What can be wrong with the documentation, each problem in a line that names its file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docs_parts import commands
from docs_parts.blocks import markdown_files, renewed
from docs_parts.recall_file import field_names
from docs_parts.tables import TABLES
from recalldesk.recalls.field_meanings import MEANINGS

README_LINES = 120
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]\n]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|[\s;&|])(?:\S*/)?recalldesk +([a-z][^|;&#\n]*)")


def problems_in(root: Path) -> list[str]:
    """Every problem, in the order of the files."""
    found = list(_fields())
    for path in markdown_files(root):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root)
        found += [f"{name}: {problem}" for problem in _in_file(path, text)]
    lines = (root / "README.md").read_text(encoding="utf-8").count("\n")
    if lines > README_LINES:
        found.append(f"README.md: has {lines} lines; {README_LINES} are the most.")
    return found


def _fields() -> Iterator[str]:
    known = set(field_names())
    for name in sorted(known - set(MEANINGS)):
        yield f"recalldesk/recalls/field_meanings.py: the field {name} has no meaning."
    for name in sorted(set(MEANINGS) - known):
        yield f"recalldesk/recalls/field_meanings.py: {name} is no field of the recall file."


def _in_file(path: Path, text: str) -> Iterator[str]:
    try:
        if renewed(text, TABLES) != text:
            yield "a generated part differs from the code: run scripts/docs.py update."
    except KeyError as unknown:
        yield f"there is no generated part named {unknown}."
    for target in [*LINK.findall(text), *PICTURE.findall(text)]:
        problem = _link_problem(path, target)
        if problem:
            yield problem
    for line in _code_in(text):
        for found in COMMAND.finditer(line):
            yield from _command_problems(found[1].split())


def _code_in(text: str) -> list[str]:
    blocks = FENCED.findall(text)
    joined = [block.replace("\\\n", " ") for block in blocks]
    return [line for block in joined for line in block.splitlines()] + INLINE.findall(
        FENCED.sub("", text)
    )


def anchors_of(text: str) -> set[str]:
    """The places of a Markdown file that a link can name."""
    headings = re.findall(r"^#+ +(.+)$", FENCED.sub("", text), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return set(kept)


def _link_problem(path: Path, target: str) -> str:
    if re.match(r"[a-z]+:", target):
        return ""
    file, _, anchor = target.partition("#")
    meant = (path.parent / file).resolve() if file else path
    if not meant.exists():
        return f"the link {target} leads nowhere."
    if anchor and meant.suffix == ".md" and anchor not in anchors_of(meant.read_text("utf-8")):
        return f"the link {target} names no heading."
    return ""


def _command_problems(words: list[str]) -> Iterator[str]:
    """Whether the words after `recalldesk` name a command, and its options are its own."""
    command: Any = commands.root()
    said = ["recalldesk"]
    rest = list(words)
    while (children := getattr(command, "commands", None)) is not None:
        if not rest or not re.fullmatch(r"[a-z][a-z|-]*", rest[0]):
            return
        said.append(rest.pop(0))
        if said[-1] not in children:
            yield f"there is no command `{' '.join(said)}`."
            return
        command = children[said[-1]]
    known = {"--help"}.union(*([*p.opts, *p.secondary_opts] for p in command.params))
    for word in rest:
        option = re.match(r"--[a-z-]+", word.strip("[]…'\""))
        if option and option[0] not in known:
            yield f"`{' '.join(said)}` has no option {option[0]}."
