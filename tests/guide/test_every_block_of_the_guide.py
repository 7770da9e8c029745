"""Every block of the guide says what becomes of it, and names only what is there."""

import re
from pathlib import Path

import pytest

from recalldesk.config.environment import PREFIX, Environment
from tests.guide.blocks import GUIDE, KINDS, ROOT, WORDS, Block, all_blocks, commands_in
from tests.guide.parsing import problem_of

DEPLOY = ROOT / "deploy"
SHELL = [block for block in all_blocks() if block.language == "sh"]
SETTINGS = {
    str(field.validation_alias or PREFIX + name.upper())
    for name, field in Environment.model_fields.items()
}
OF_AWS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
UNITS = {path.name for path in (DEPLOY / "systemd").iterdir()}


def named(block: Block) -> str:
    return f"{block.page}: {block.lines[0][:40] if block.lines else ''}"


@pytest.mark.parametrize("block", all_blocks(), ids=named)
def test_a_block_says_what_becomes_of_it(block: Block) -> None:
    assert block.kind in KINDS
    assert set(block.marks[1:]) <= set(WORDS)
    is_shell = block.kind in ("run", "debian", "install", "settings")
    assert is_shell == (block.language == "sh")


@pytest.mark.parametrize("block", SHELL, ids=named)
def test_each_command_of_ours_is_one_that_is_taken(block: Block) -> None:
    commands = [words for line in block.lines for words in commands_in(line)]
    assert [problem for words in commands if (problem := problem_of(words))] == []
    if block.kind != "settings":
        mentioned = re.findall(r"^(?:recall|recalldesk) ", block.text, re.MULTILINE)
        assert len(commands) >= len(mentioned)


@pytest.mark.parametrize("page", [path.name for path in sorted(GUIDE.glob("*.md"))])
def test_commands_within_sentences_are_taken_too(page: str) -> None:
    text = (GUIDE / page).read_text(encoding="utf-8")
    whole = re.findall(r"`recall ([a-z][^`…]*)`", text)
    for words in (each.split("`")[0] for each in whole):
        (told,) = [list(each) for each in commands_in(f"recall {words}")][:1]
        if "FOLDER" not in told and "…" not in words:
            assert problem_of(told) in ("",) or "Missing" in problem_of(told), words


def test_a_block_that_names_what_is_not_there_is_seen() -> None:
    assert problem_of(["serve", "--nonsense"])
    assert problem_of(["backups"])
    assert problem_of(["staff", "add", "x@y.example"])
    assert list(commands_in("FOO=1 recall serve --x | recalldesk doctor")) == [
        ["serve", "--x"],
        ["doctor"],
    ]


@pytest.mark.parametrize("block", SHELL, ids=named)
def test_files_and_units_that_a_block_names_are_ours(block: Block) -> None:
    for name in re.findall(r"/root/deploy/([\w./@-]+)", block.text):
        assert (DEPLOY / name).exists(), name
    for name in re.findall(r"recalldesk-(?:web|worker|backup|heads|doctor)[\w@.]*", block.text):
        unit = re.sub(r"@\w+", "@", name)
        assert {unit, f"{unit}.service"} & UNITS, name


def test_settings_that_the_guide_and_the_file_write_are_settings() -> None:
    texts = [block.text for block in SHELL if block.kind == "settings"]
    texts += [(DEPLOY / "environment").read_text(), (DEPLOY / "drill.sed").read_text()]
    pattern = re.compile(r"^(?:s\||/\^)?#? ?\^?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
    found = {name for text in texts for name in pattern.findall(text)}
    assert found - SETTINGS - OF_AWS == set()
    assert "RECALLDESK_SEALING_KEYS" in found


def test_a_drill_is_left_no_way_to_the_real_folders_or_to_others() -> None:
    """What names a folder, a provider or a mailbox is taken out or turned elsewhere."""
    program = (DEPLOY / "drill.sed").read_text(encoding="utf-8")
    kinds = {name: str(field.annotation) for name, field in Environment.model_fields.items()}
    reaching = {name for name, kind in kinds.items() if "Path" in kind}
    reaching |= {"email_url", "sms", "log_heads_to", "tremendous_key", "easypost_key"}
    reaching |= {"s3_bucket", "database_url", "metrics_token"}
    for name in reaching:
        variable = str(Environment.model_fields[name].validation_alias or PREFIX + name.upper())
        patterns = re.findall(r"\^([A-Z_0-9]+)=?", program)
        assert any(variable.startswith(each) for each in patterns), variable


def test_the_index_names_every_page() -> None:
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in GUIDE.glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\(([a-z-]+\.md)\)", index)) == pages


def test_the_readme_of_the_files_names_each() -> None:
    told = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for path in Path(DEPLOY).iterdir():
        assert path.name == "README.md" or f"`{path.name}" in told, path.name
