"""A process that imports a serial file, copies its rows bare, or builds an index over them."""

import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.child import Measured
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.units.importing.run import Counting, import_serials
from recalldesk.units.models import SerialImport, SerialList
from tests.scopes import A1263

ROWS_A_CHUNK = 50_000


def _draft() -> tuple[RecallVersion, SerialList, Staff]:
    """A fresh recall, draft and list each time: what came before is never emptied.

    The measured work needs no document.
    """
    call_command("migrate", verbosity=0, interactive=False)
    person, _ = Staff.objects.get_or_create(
        email="bench@demo.example", defaults={"name": "Bench", "role": Role.RECALL_MANAGER}
    )
    recall = Recall.objects.create(slug=f"bench-{Recall.objects.count() + 1}")
    version = RecallVersion.objects.create(
        recall=recall, number=1, document={}, source="", author=person
    )
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    return version, SerialList.objects.create(recall=recall, name="units"), person


def _import(path: Path) -> None:
    version, serial_list, person = _draft()
    measured = Measured()
    report = import_serials(
        version=version,
        serial_list=serial_list,
        form=A1263,
        counting=Counting.DIGITS,
        path=path,
        by=person,
    )
    measured.tell(accepted=report.accepted, rejected=report.rejected, lines=report.lines)


def _copy(path: Path) -> None:
    """The same rows by COPY into the same table, with nothing looked at."""
    version, serial_list, person = _draft()
    row = SerialImport.objects.create(
        version=version,
        serial_list=serial_list,
        file_name="bare",
        file_sha256="",
        encoding="utf-8",
        lines=0,
        heading=0,
        accepted=0,
        rejected=0,
        duplicate=0,
        blank=0,
        by=person,
    )
    tail = f"\t{serial_list.pk}\t{row.pk}\n"
    began = time.perf_counter()
    with path.open() as file, transaction.atomic(), connection.cursor() as cursor:
        statement = "COPY units_serialentry (serial, serial_list_id, serial_import_id) FROM STDIN"
        with cursor.copy(statement) as copy:
            while lines := file.readlines(ROWS_A_CHUNK * 17):
                copy.write("".join(line[:-1] + tail for line in lines))
    Measured().tell(copy_seconds=time.perf_counter() - began)


def _index(folder: Path) -> None:
    """The three tries over the list that was imported last."""
    from recalldesk.units.index.build import write_listed
    from recalldesk.units.reads import covered_serials

    last = SerialImport.objects.latest("pk")
    folder.mkdir(parents=True)
    measured = Measured()
    write_listed(folder, covered_serials(last.version, last.serial_list), A1263)
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    measured.tell(sizes=sizes)


if __name__ == "__main__":
    {"import": _import, "copy": _copy, "index": _index}[sys.argv[1]](Path(sys.argv[2]))
