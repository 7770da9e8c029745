"""The made-up secrets are there whole or not at all, and the same for all who begin at once."""

import errno
import json
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from recalldesk.config.secrets_file import SecretsIncomplete, local_secrets


def test_a_restart_reads_on(tmp_path: Path) -> None:
    made = local_secrets(tmp_path)
    assert local_secrets(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_programs_that_begin_at_once_have_the_same(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        made = list(pool.map(local_secrets, [tmp_path] * 8))
    assert all(each == made[0] for each in made)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("recalldesk.postgres.private_files.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            local_secrets(tmp_path)
    assert list(tmp_path.glob("secrets.json*")) == []
    assert local_secrets(tmp_path)


def test_an_empty_file_is_none_where_there_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").touch(0o600)
    assert local_secrets(tmp_path) == json.loads((tmp_path / "secrets.json").read_text())


def test_what_a_file_of_an_earlier_version_lacks_is_added(tmp_path: Path) -> None:
    made = local_secrets(tmp_path)
    earlier = {name: value for name, value in made.items() if name != "log_key"}
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps(earlier))
    again = local_secrets(tmp_path)
    assert again["log_key"]
    assert again | earlier == again
    assert local_secrets(tmp_path) == again
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"secret_key": "x"}'])
def test_a_file_that_lost_what_a_database_needs_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "postgres" / "cluster").mkdir(parents=True)
    (tmp_path / "secrets.json").write_text(text)
    with pytest.raises(SecretsIncomplete, match="not complete"):
        local_secrets(tmp_path)
