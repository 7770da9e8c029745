"""A corpus of hostile files: each is accounted for line by line, or refused in words.

To add a trap, add an entry to a table in `hostile_files/`: its name, its bytes, its outcome.
"""

from dataclasses import asdict

import pytest

from recalldesk.units.errors import ImportRefused
from recalldesk.units.models import SerialImport
from tests.units.desk import Desk, tally
from tests.units.hostile_files.entry import Counts, Hostile
from tests.units.hostile_files.of_text import OF_TEXT
from tests.units.hostile_files.packed import PACKED
from tests.units.hostile_files.tables import PARQUET, SHEETS

CORPUS = [*OF_TEXT, *PACKED, *SHEETS, *PARQUET]
NAMES = ["units.csv", "units.xlsx"]


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.name)
def test_it_is_accounted_for_or_refused_in_words(desk: Desk, entry: Hostile) -> None:
    # What a file is called says nothing: every second one bears the other name.
    path = desk.folder / NAMES[CORPUS.index(entry) % 2]
    if isinstance(entry.content, bytes):
        path.write_bytes(entry.content)
    else:
        entry.content(path)
    if isinstance(entry.becomes, Counts):
        report = desk.take(path)
        tally(report)
        counted = {name: getattr(report, name) for name in asdict(entry.becomes)}
        assert counted == asdict(entry.becomes)
        assert len(desk.serials()) == report.accepted
        assert len(desk.rejects()) == report.rejected
        assert desk.take(path).pk is None
        return
    with pytest.raises(ImportRefused) as refusal:
        desk.take(path)
    assert entry.becomes in refusal.value.message
    assert refusal.value.hint
    assert not SerialImport.objects.exists()
    assert desk.serials() == set()


def test_the_corpus_names_each_trap_once() -> None:
    names = [entry.name for entry in CORPUS]
    assert len(set(names)) == len(names)
