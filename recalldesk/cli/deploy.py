"""`recalldesk deploy`: what a server needs beside the program, as files with a firm's own names."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.screen import say
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.shipped import shipped
from recalldesk.recalls.document.firm import is_host_name

RECALL, DESK, DOMAIN = "recall.tidewater.example", "desk.tidewater.example", "tidewater.example"
ANOTHER_BRANDS = ", recall.harbour.example", " recall.harbour.example"
"""As Caddy and nginx name it: a firm adds its other brands' names itself."""


class CannotDeploy(Problem):
    """The files cannot be written as asked."""


def deploy(
    folder: Annotated[Path, typer.Argument(help="Where they are written; a folder that is new.")],
    recall_host: Annotated[
        str, typer.Option(metavar="HOST", help="The host name of the owners' pages.")
    ] = "",
    desk_host: Annotated[str, typer.Option(metavar="HOST", help="The host name of the desk.")] = "",
) -> None:
    """Write the files for systemd, nginx, Caddy, Prometheus and Grafana into a folder."""
    source = shipped("deploy")
    if not source.is_dir():
        raise CannotDeploy(
            f"The files did not come along: {source} is not there.", "Install the whole wheel."
        )
    if folder.exists():
        raise CannotDeploy(f"{folder} is there already.", "Name a folder that is new.")
    names = _names(recall_host, desk_host)
    for path in sorted(each for each in source.rglob("*") if each.is_file()):
        written = folder / path.relative_to(source)
        written.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        for made_up, own in names.items():
            text = text.replace(made_up, own)
        written.write_text(text, encoding="utf-8")
        written.chmod(0o755 if text.startswith("#!") else 0o644)
        say(str(written))


def _names(recall_host: str, desk_host: str) -> dict[str, str]:
    """What is put in the place of the made-up names. Raises CannotDeploy."""
    if not recall_host and not desk_host:
        return {}
    for host in (recall_host, desk_host):
        if not is_host_name(host):
            raise CannotDeploy(
                "Both names are needed, as host names.",
                "Write `--recall-host recall.example.com --desk-host desk.example.com`.",
            )
    if recall_host == desk_host:
        raise CannotDeploy(
            "Owners' pages and the desk have one name here.",
            "Give each its own, as a proxy takes a name once: `--desk-host desk.example.com`.",
        )
    domain = recall_host.partition(".")[2]
    return dict.fromkeys(ANOTHER_BRANDS, "") | {
        RECALL: recall_host,
        DESK: desk_host,
        DOMAIN: domain,
    }
