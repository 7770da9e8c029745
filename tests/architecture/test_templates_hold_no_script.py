"""No template holds a script or a style of its own, so that the policy can forbid both."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "recalldesk"
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
SCRIPTS = sorted(ROOT.rglob("static/**/*.js"))
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style sheet": r"<style\b",
    "a script": r"<script(?![^>]*\ssrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an address that is code": r"javascript:",
    "something from elsewhere": r'(?:src|<link[^>]*href)="(?:https?:)?//',
    "a text that is not escaped": r"\|\s*safe\b|autoescape\s+off",
}
STYLED_ALONE = frozenset({"letter.html"})
"""A mail has no stylesheet: what it wears stands in it, and no policy of ours meets it."""
UNSAFE = (
    r"\beval\(|\bnew Function\b|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.style\b"
)


def test_there_are_templates_and_scripts() -> None:
    assert len(TEMPLATES) > 20
    assert len(SCRIPTS) >= 2


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [what for what, shape in INLINE.items() if re.search(shape, text)]
    assert found == (["a style attribute"] if path.name in STYLED_ALONE else [])


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_no_markup_and_no_code_from_text(path: Path) -> None:
    assert not re.search(UNSAFE, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        '<p style="x">',
        "<style>",
        "<script>x",
        '<a onclick="x">',
        '<a href="javascript:x">',
        '<img src="//x">',
        "{{ x|safe }}",
    ],
)
def test_what_is_forbidden_is_seen(line: str) -> None:
    assert any(re.search(shape, line) for shape in INLINE.values())
