"""Workbooks made by hand, part by part, so that they can be as wrong as a test needs them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="000000"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/>'
    '<xf numFmtId="1"/><xf numFmtId="4"/></cellXfs></styleSheet>'
)
"""Styles by number: 0 General, 1 with zeros before it, 2 and 3 dates, 4 whole, 5 with thousands."""


def text(value: str) -> str:
    """A cell with its text inside."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c s="{style}"><v>{value}</v></c>'


def rows(*cells: Sequence[str] | str) -> str:
    """Rows of cells, or of one cell each; a bare text is a text cell."""
    written = ""
    for row in cells:
        of_row = [row] if isinstance(row, str) else row
        made = "".join(cell if cell.startswith("<") else text(cell) for cell in of_row)
        written += f"<row>{made}</row>"
    return written


def sheet(content: str, more: str = "") -> str:
    """A sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData>{more}</worksheet>'


def parts_of(
    sheets: Mapping[str, str],
    hidden: Sequence[str] = (),
    texts: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets, by name."""
    named = enumerate(sheets, 1)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"'
        f"{' state=' + quoteattr('hidden') if name in hidden else ''}/>"
        for n, name in named
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    related += f'<Relationship Id="s" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
    related += f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    main = f'<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)},
        **(more or {}),
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def workbook(*cells: Sequence[str] | str) -> bytes:
    """A workbook of one sheet with these rows."""
    return packed(parts_of({"Units": sheet(rows(*cells))}))
