"""The examples, published with short made-up lists: what owners meet in these tests."""

import gzip
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import recalldesk.demo.firm as demo
from recalldesk.demo.lists import MadeUpList
from recalldesk.recalls.actions import apply_recall_file, approve_version, close_recall
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import draft_of, recall_named
from recalldesk.units.actions import publish_version
from tests.made_pictures import fill_in

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SHORT = 150
CLOSED, VEHICLES = "anker-25-466", "made-up-vehicles"
ALL_LISTS, TAKE_PICTURES = demo.made_up_lists, demo.take_pictures


def short_lists(_units: int) -> tuple[MadeUpList, ...]:
    """The lists of the examples, short enough to be published in a moment."""
    return tuple(
        replace(entry, count=2 * SHORT if entry.name.endswith("-made") else SHORT)
        for entry in ALL_LISTS(SHORT)
    )


def small_pictures(*, recall: Recall, files: object, by: object) -> None:
    """Small pictures in the place of those that the demo draws, which takes seconds."""
    draft = draft_of(recall)
    assert draft is not None
    fill_in(draft)


def firm(folder: Path, examples: Path = EXAMPLES) -> demo.DemoFirm:
    """The made-up firm, with its files in `folder`."""
    return demo.DemoFirm(
        author=demo.demo_staff(demo.AUTHOR, "Author"),
        approver=demo.demo_staff(demo.APPROVER, "Approver"),
        examples=examples,
        folder=folder,
        a1263_units=SHORT,
        anew=f"remove the folder {folder}",
        tell=print,
        progress_bar=lambda: nullcontext(lambda _progress: None),
        working=lambda _words: nullcontext(),
    )


def publish_examples(folder: Path, examples: Path = EXAMPLES) -> None:
    """Publishes every example with serials from `folder`; one recall is closed again."""
    desk = firm(folder, examples)
    demo.made_up_lists, demo.take_pictures = short_lists, small_pictures
    try:
        desk.publish_all()
    finally:
        demo.made_up_lists, demo.take_pictures = ALL_LISTS, TAKE_PICTURES
    closed = recall_named(CLOSED)
    assert closed is not None
    close_recall(recall=closed, by=desk.approver, note="The tests need a closed one.")


def publish_again(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Publishes a second version of an example, with some words of its file changed."""
    desk = firm(folder)
    text = (EXAMPLES / name / "recall.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    draft = apply_recall_file(text=text, by=desk.author).version
    publish_version(version=approve_version(version=draft, by=desk.approver), by=desk.approver)


def serials_in(folder: Path, name: str) -> list[str]:
    """The recalled serials of a list."""
    with gzip.open(folder / f"{name}-serials.csv.gz", "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines][1:]
