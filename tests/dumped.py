"""What somebody sees who stole the database or the file store, and whether a text stands in it.

`traces_of` looks for a text in any case and Unicode form, as UTF-8 and UTF-16, in base64, in hex
and in percent or backslash escapes. It looks into bytes of the database as well as at them.
"""

import base64
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.db import connection

SHORTEST = 5
"""A shorter text stands in many dumps by chance."""
TABLES = """
    SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1
"""


def dump_of_the_database() -> bytes:
    """Every row of every table as text, as COPY writes it; then all its bytes columns as bytes."""
    parts = list[bytes]()
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            parts.append(f"\n{table}\n".encode())
            with cursor.copy(f"COPY {table} TO STDOUT (ENCODING 'UTF8')") as rows:
                parts += [bytes(block) for block in rows]
    text = b"".join(parts)
    # COPY writes a bytes column in hex after a backslash, which it doubles, and an x.
    columns = re.findall(rb"\\\\x((?:[0-9a-f]{2})+)", text)
    return b"\n".join([text, *(bytes.fromhex(column.decode()) for column in columns)])


def dump_of_files(folder: Path) -> bytes:
    """Name and content of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n".join(
        part
        for path in files
        for part in (str(path.relative_to(folder)).encode(), path.read_bytes())
    )


def traces_of(text: str, dump: bytes) -> list[str]:
    """The forms in which a text stands in a dump; none where it does not."""
    assert len(text) >= SHORTEST, "so short a text may stand there by chance"
    lowered = dump.lower()
    plain = {one.encode() for one in _variants(text)}
    found = {
        form
        for form, written in _in_any_case(text)
        if _stands_in(written.lower(), lowered) and (form == "utf-8" or written not in plain)
    }
    return sorted(found | {form for form, written in _in_base64(text) if written in dump})


def _stands_in(written: bytes, dump: bytes) -> bool:
    """Digits alone stand there only by themselves: a moment and a digest have many of them, too."""
    if not written.isdigit():
        return written in dump
    return re.search(rb"(?<![0-9a-f.])" + written + rb"(?![0-9a-f])", dump) is not None


def _variants(text: str) -> set[str]:
    cased = {text, text.lower(), text.upper(), text.title(), text.casefold()}
    return {unicodedata.normalize(form, one) for one in cased for form in ("NFC", "NFD", "NFKC")}


def _in_any_case(text: str) -> Iterator[tuple[str, bytes]]:
    for one in _variants(text):
        yield "utf-8", one.encode()
        yield "utf-16", one.encode("utf-16-le")
        yield "utf-16", one.encode("utf-16-be")
        yield "hex", one.encode().hex().encode()
        yield "percent", quote(one, safe="").encode()
        yield "escaped", json.dumps(one)[1:-1].encode()
        # COPY doubles each backslash.
        yield "escaped", json.dumps(one)[1:-1].replace("\\", "\\\\").encode()


def _in_base64(text: str) -> Iterator[tuple[str, bytes]]:
    """At each of the three places where a text may begin; characters shared with others cut off."""
    for one in _variants(text):
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + one.encode()).rstrip(b"=")
            inner = whole[-(-before * 8 // 6) : (before + len(one.encode())) * 8 // 6]
            yield "base64", inner
            yield "base64", inner.replace(b"+", b"-").replace(b"/", b"_")
