"""Whether typer would take a command as it is written."""

from typing import Any

import typer.main
from typer import Exit
from typer.exceptions import TyperException

from recalldesk.cli.commands import app_for


def problem_of(words: list[str]) -> str:
    """What is wrong with the words behind `recalldesk`; empty where nothing is."""
    command: Any = typer.main.get_command(app_for(words[0] if words else ""))
    context = None
    rest = list(words)
    try:
        while (children := getattr(command, "commands", None)) is not None:
            if rest == ["--help"]:
                return ""
            if not rest or rest[0] not in children:
                return f"there is no `recalldesk {' '.join(words)}`"
            command, name = children[rest[0]], rest.pop(0)
        context = command.make_context(name, rest)
    except Exit:
        return ""
    except TyperException as error:
        return f"`recalldesk {' '.join(words)}`: {error}"
    finally:
        if context is not None:
            context.close()
    return ""
