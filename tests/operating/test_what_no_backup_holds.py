"""What is made anew, and what only passes through in the clear, is in no backup."""

from pathlib import Path

import pytest
from django.conf import settings

from recalldesk.operating.backups.files import LEFT_OUT, copy_files
from recalldesk.operating.restoring.place import MAY_BE_THERE

ANEW = [
    Path(folder).name
    for folder in (
        settings.INDEX_FOLDER,
        settings.STATIC_ROOT,
        settings.PAPERS_FOLDER,
        settings.PASSING_FOLDER,
        settings.METRICS_FOLDER,
    )
]


@pytest.mark.parametrize("name", ANEW)
def test_what_is_made_anew_is_copied_by_none_and_stops_no_restore(
    name: str, tmp_path: Path
) -> None:
    source = tmp_path / "home"
    (source / name / "deeper").mkdir(parents=True)
    (source / name / "deeper" / "lines.csv").write_text("made up")
    (source / "photos").mkdir()
    (source / "photos" / "one").write_bytes(b"sealed")
    copied = copy_files(source, tmp_path / "copy", last=None, known={})
    assert set(copied) == {"photos/one"}
    assert name in LEFT_OUT
    assert name in MAY_BE_THERE
