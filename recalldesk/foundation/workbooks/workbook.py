"""What a workbook says of itself: its sheets, the texts they share, and the formats of numbers."""

import posixpath
import re
from dataclasses import dataclass, field

from recalldesk.foundation.workbooks.archive import Archive
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.foundation.workbooks.markup import parsed
from recalldesk.foundation.workbooks.shared_texts import read_texts

RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
RELATION_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
AS_TYPED = frozenset({"0", "1", "49"})
"""The formats General, 0 and text: they show a whole number with all its digits and no more."""
DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True)
class SheetName:
    """A sheet of cells, and the part it stands in."""

    name: str
    part: str
    is_hidden: bool


@dataclass
class Workbook:
    """`texts` are those that cells share, `kinds` says by style what a number of it is."""

    sheets: list[SheetName] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    counts_from_1904: bool = False
    has_macros: bool = False


def read_workbook(archive: Archive) -> Workbook:
    """Reads all but the sheets. Raises `WorkbookNotReadable`."""
    main = _relations(archive, "").get("officeDocument", [("", "xl/workbook.xml")])[0][1]
    workbook = Workbook()
    related = _relations(archive, main)
    parts = dict(related.get("worksheet", []))
    _read_sheets(archive, main, parts, workbook)
    for _, part in related.get("sharedStrings", []):
        workbook.texts = read_texts(archive, part)
    for _, part in related.get("styles", []):
        workbook.kinds = _read_kinds(archive, part)
    workbook.has_macros = "vbaProject" in related
    return workbook


def _relations(archive: Archive, part: str) -> dict[str, list[tuple[str, str]]]:
    """By kind, the keys and names of the parts that a part names."""
    folder, name = posixpath.split(part)
    found: dict[str, list[tuple[str, str]]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == RELATION and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            place = posixpath.normpath(target).lstrip("/")
            found.setdefault(kind, []).append((attributes.get("Id", ""), place))

    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in archive:
        for _ in parsed(archive, relations, start, _ignore, _ignore):
            pass
    return found


def _read_sheets(archive: Archive, main: str, parts: dict[str, str], workbook: Workbook) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            workbook.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        if tag != "sheet":
            return
        key = next((attributes[name] for name in RELATION_ID if name in attributes), "")
        if key in parts:
            is_hidden = attributes.get("state", "visible") != "visible"
            workbook.sheets.append(SheetName(attributes.get("name", ""), parts[key], is_hidden))

    for _ in parsed(archive, main, start, _ignore, _ignore):
        pass


def _read_kinds(archive: Archive, part: str) -> list[Kind]:
    """What a number is, by the number of its style."""
    own: dict[str, str] = {}
    used: list[str] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[tag] = True
        elif tag == "xf" and inside["cellXfs"]:
            used.append(attributes.get("numFmtId", "0"))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[tag] = False

    for _ in parsed(archive, part, start, end, _ignore):
        pass
    return [_kind(number, own.get(number)) for number in used]


def _kind(number: str, code: str | None) -> Kind:
    if code is None:
        if number in AS_TYPED:
            return Kind.NUMBER
        return Kind.DATE if number in DATES else Kind.SHOWN_OTHERWISE
    return kind_of_code(code)


def kind_of_code(code: str) -> Kind:
    """What a number is in a format that is written so."""
    if code.casefold() in ("general", "0", "@"):
        return Kind.NUMBER
    bare = IN_QUOTES.sub("", code.partition(";")[0]).casefold()
    return Kind.DATE if set(bare) & set("ymdhs") else Kind.SHOWN_OTHERWISE


def _ignore(*_: object) -> None:
    return None
