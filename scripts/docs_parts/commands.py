"""Every command with its arguments and options, from the typer app itself."""

from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import typer.main

from docs_parts.blocks import table
from recalldesk.cli.commands import app_for


@cache
def root() -> Any:
    """The whole command."""
    return typer.main.get_command(app_for(""))


def leaves(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Each command that does something, with its words."""
    command = command or root()
    children = getattr(command, "commands", None)
    if children is None:
        yield " ".join(path), command
        return
    for name, child in children.items():
        yield from leaves(child, (*path, name))


def is_argument(parameter: Any) -> bool:
    """Whether it is told by its place, not by its name."""
    return not parameter.opts[0].startswith("-")


def _name(parameter: Any) -> str:
    metavar = str(parameter.metavar or parameter.name.upper())
    if is_argument(parameter):
        return metavar
    if parameter.is_flag:
        return ", ".join([*parameter.opts, *parameter.secondary_opts])
    return f"{parameter.opts[0]} {metavar.rstrip('_')}"


def _default(parameter: Any) -> str:
    value = parameter.default
    if isinstance(value, Path):
        value = value.as_posix()
    if isinstance(value, bool):
        value = (parameter.opts if value else parameter.secondary_opts)[0] if value else None
    return "" if value in (None, "") else f"`{value}`"


def _meaning(parameter: Any) -> str:
    words = [str(parameter.help or "")]
    kind = parameter.type_descriptor.annotation
    inner = next(iter(getattr(kind, "__args__", ())), kind)
    if isinstance(inner, type) and issubclass(inner, Enum):
        words.append("One of " + ", ".join(f"`{member.value}`" for member in inner) + ".")
    if getattr(parameter, "multiple", False):
        words.append("May be given several times.")
    if parameter.envvar:
        words.append(f"Or the variable `{parameter.envvar}`.")
    return " ".join(words)


def _usage(words: str, command: Any) -> str:
    shown = ["recalldesk", words]
    for parameter in command.params:
        if is_argument(parameter):
            name = _name(parameter)
            shown.append(name if parameter.required else f"[{name}]")
        elif parameter.required and not parameter.is_flag:
            shown.append(_name(parameter))
    return " ".join(shown)


def _section(words: str, command: Any) -> str:
    rows = [
        (f"`{_name(p)}`", "yes" if p.required else "", _default(p), _meaning(p))
        for p in command.params
        if not getattr(p, "hidden", False)
    ]
    body = table(("argument or option", "needed", "default", "meaning"), rows) if rows else ""
    usage = f"```sh\n{_usage(words, command)}\n```"
    parts = (f"### {words}", str(command.help or "").strip(), usage, body.rstrip("\n"))
    return "\n\n".join(part for part in parts if part) + "\n"


def all_commands() -> str:
    """One section for each command."""
    return "\n".join(_section(words, command) for words, command in leaves())
