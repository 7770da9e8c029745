"""The figures at a terminal: those of rows and disks."""

import pytest

from tests.cast import Command

pytestmark = pytest.mark.django_db


def test_the_command_prints_what_stands_in_rows_and_nothing_of_processes(command: Command) -> None:
    ran = command("metrics")
    assert ran.code == 0, ran.err
    assert "recalldesk_jobs_waiting" in ran.out
    assert "recalldesk_answers_total" not in ran.out
