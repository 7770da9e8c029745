"""The examples' recalls with a handful of made-up serials each, indexed without a database."""

from collections.abc import Callable, Iterator
from pathlib import Path

from recalldesk.recalls.document import Document
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.units.index.build import Source, build_index
from recalldesk.units.index.version_index import open_version
from recalldesk.units.verdict.known import KnownVersion

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
A1263 = "anker-a1263"
SERIALS = {
    "a1263": ("A1263TESTACF0002", "A1263TESTKRT7774"),
    "a1642-a1647-a1652": ("A1647BOTHACF0001",),
    "25-466": ("A1647BOTHACF0001", "A1681TESTKRT7774"),
    "soundcore": ("SNDC0REACF000001",),
    "soundcore-made": ("SNDC0REACF000001", "SNDC0REWKX777777"),
}
RANGES = {
    "ranges": (("ZZ9CAB12K00100001", "ZZ9CAB12K00104200"), ("ZZ9CAB12K99500", "ZZ9CAB12K99999"))
}


def folded(document: Document, serial: str) -> str:
    """As the importer stores it."""
    return document.products[0].serial.form.fold(serial)


def example_document(slug: str) -> Document:
    """The recall file of an example."""
    return read_recall_file((EXAMPLES / slug / "recall.toml").read_text(encoding="utf-8"))


def example_versions(folder: Path) -> tuple[KnownVersion, ...]:
    """All examples as live versions."""
    return tuple(
        open_version(_built(example_document(path.parent.name), folder))
        for path in sorted(EXAMPLES.glob("*/recall.toml"))
    )


def build_a1263(
    folder: Path, name: str = A1263, while_reading: Callable[[], None] = lambda: None
) -> Path:
    """The index of the A1263 recall; `while_reading` is called when its list is read."""
    return _built(example_document(A1263), folder, name, while_reading)


def _built(
    document: Document,
    folder: Path,
    name: str = "",
    while_reading: Callable[[], None] = lambda: None,
) -> Path:
    def serials(name: str) -> Iterator[str]:
        while_reading()
        return iter(sorted(folded(document, serial) for serial in SERIALS.get(name, ())))

    source = Source(serials=serials, ranges=lambda name: RANGES.get(name, ()))
    name = name or document.recall
    return build_index(folder, name=name, document=document, version=1, source=source)
