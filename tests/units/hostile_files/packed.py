"""Hostile files by how they are packed, and by where they stand."""

import gzip
import io
import os
import zipfile
import zlib
from pathlib import Path

from tests.units.hostile_files.entry import Hostile, good, lines

LIST = lines().encode()


def _zip(*names: str, content: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return made.getvalue()


def _bomb() -> bytes:
    """300 MB of rows, packed to a third of a megabyte."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    block = b"AB120100\n" * 1_000_000
    return b"".join([packer.compress(block) for _ in range(34)] + [packer.flush()])


def _link(path: Path) -> None:
    target = path.with_name("target.csv")
    target.write_bytes(LIST)
    path.symlink_to(target)


def _link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


PACKED = [
    Hostile("gzip", gzip.compress(LIST), good()),
    Hostile("gzip in two members", gzip.compress(LIST[:1000]) + gzip.compress(LIST[1000:]), good()),
    Hostile("gzip cut off", gzip.compress(LIST)[:-30], "ends too early"),
    Hostile(
        "gzip with its second member cut off",
        gzip.compress(LIST) + gzip.compress(LIST)[:40],
        "ends too early",
    ),
    Hostile("gzip with something behind it", gzip.compress(LIST) + b"AB1201\n", "damaged"),
    Hostile("gzip with a wrong checksum", gzip.compress(LIST)[:-8] + b"12345678", "damaged"),
    Hostile("gzip of nothing", gzip.compress(b""), "no line"),
    Hostile("gzip within gzip", gzip.compress(gzip.compress(LIST)), "packed twice"),
    Hostile("a workbook within gzip", gzip.compress(_zip("xl/workbook.xml")), "a workbook"),
    Hostile("a gzip bomb", _bomb(), "unpacks to more than 200 times"),
    Hostile("zip with a list in it", _zip("units.csv", content=LIST), "zip archive"),
    Hostile("zip of nothing", _zip(), "zip archive"),
    Hostile("zip cut off", _zip("units.csv", content=LIST)[:-30], "damaged or cut-off"),
    Hostile("the first bytes of a zip", b"PK\x03\x04" + b"\0" * 100, "damaged or cut-off"),
    Hostile("an OpenDocument sheet", _zip("mimetype", "content.xml"), "OpenDocument"),
    Hostile("a binary workbook", _zip("_rels/.rels", "xl/workbook.bin"), "binary workbook"),
    Hostile("a text document", _zip("_rels/.rels", "word/document.xml"), "text document"),
    Hostile("a symbolic link", _link, good()),
    Hostile("a symbolic link to nothing", _link_to_nothing, "cannot be opened"),
    Hostile("a symbolic link to itself", _link_to_itself, "cannot be opened"),
    Hostile("a folder", lambda path: path.mkdir(), "is a folder"),
    Hostile("a pipe", os.mkfifo, "device or pipe"),
    Hostile("a device", lambda path: path.symlink_to("/dev/zero"), "device or pipe"),
]
