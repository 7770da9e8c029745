"""Runs the migrations that are missing: in an empty database within seconds.

Django draws its picture of all models anew for each step of a migration, with whatever is related
to the one that changes; here nearly everything is. On nothing but its tables that takes half a
minute of a processor. Where no step was taken yet, the changed model alone is drawn anew, and all
of them once more before code of ours is to see them (`is_delayed`): the steps and their order are
the same, and so are the tables (tests/operating/test_the_first_tables.py). That holds while no
step renames anything or changes a primary key. Everywhere else Django's own way is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


def run_migrations() -> None:
    """Safe to run again; one program at a time."""
    if MigrationRecorder(connection).applied_migrations():
        call_command("migrate", verbosity=0, interactive=False)
        return
    with _each_model_drawn_alone():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _each_model_drawn_alone() -> Iterator[None]:
    def itself(
        state: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    # Django offers no place for it: `migrate` makes the state by itself, and clones it.
    # Its typed stubs leave the method out.
    known: Any = ProjectState
    usual = known._find_reload_model
    known._find_reload_model = itself
    try:
        yield
    finally:
        known._find_reload_model = usual
