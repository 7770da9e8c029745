"""What stands in `deploy/`, and what is said of it: proxies, figures, alerts."""

from pathlib import Path
from typing import Any

import yaml

from docs_parts.blocks import table
from recalldesk.metrics import figures

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def _block(language: str, path: Path) -> str:
    return f"```{language}\n{path.read_text(encoding='utf-8')}```\n"


def nginx() -> str:
    """The configuration of nginx."""
    return _block("nginx", DEPLOY / "nginx" / "recalldesk.conf")


def caddy() -> str:
    """The Caddyfile."""
    return _block("caddyfile", DEPLOY / "caddy" / "Caddyfile")


def metrics_table() -> str:
    """Every figure: its name, its labels, its meaning."""
    rows = [
        (f"`{each.name}`", ", ".join(f"`{label}`" for label in each.labels), each.meaning)
        for each in figures.ALL
    ]
    return table(("figure", "told apart by", "meaning"), rows)


def alerts() -> list[dict[str, Any]]:
    """The rules as the file has them."""
    text = (DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8")
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def alerts_table() -> str:
    """Every alert: what is wrong, and what to do."""
    rows = [
        (
            f"`{each['alert']}`",
            each["labels"]["severity"],
            each["annotations"]["summary"],
            each["annotations"]["description"],
        )
        for each in alerts()
    ]
    return table(("alert", "wakes", "what is wrong", "what to do"), rows)
