"""Where the serial stands: the face that bears the print, its lines, and the serial marked on it.

Guarantee: the picture shows how many characters to look for, and never a serial.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from recalldesk.recalls.document.product import Product, Serial, Shape
from recalldesk.recalls.wording import in_language

_RIM = 'fill="var(--paper)" stroke="var(--edge)" stroke-width="2.5"'
_FACES: dict[Shape, str] = {
    Shape.POWER_BANK: (
        f'<rect x="2" y="2" width="296" height="142" rx="62" {_RIM}/>'
        '<rect class="draw" x="12" y="12" width="276" height="122" rx="53" stroke-opacity=".45"/>'
    ),
    Shape.SLIM_POWER_BANK: (
        f'<rect x="2" y="2" width="296" height="142" rx="20" {_RIM}/>'
        '<path class="draw" d="M12 12v122" stroke-opacity=".35"/>'
        '<path class="draw" d="M288 12v122" stroke-opacity=".35"/>'
    ),
    Shape.SPEAKER: (
        f'<rect x="2" y="2" width="296" height="142" rx="46" {_RIM}/>'
        '<g class="draw" stroke-width="2" stroke-opacity=".6"><rect x="22" y="124" width="58" '
        'height="10" rx="5"/><rect x="220" y="124" width="58" height="10" rx="5"/></g>'
    ),
    Shape.PUCK: (
        f'<ellipse cx="150" cy="73" rx="148" ry="71" {_RIM}/>'
        '<ellipse class="draw" cx="150" cy="73" rx="137" ry="61" stroke-opacity=".45"/>'
    ),
    Shape.VEHICLE: (
        f'<path d="M40 3h220c8 0 12 3 15 10l22 118c1 8-3 13-11 13H14c-8 0-12-5-11-13L25 13C28 6 32'
        f' 3 40 3Z" {_RIM}/><path class="draw" d="M20 130 36 20h228l16 110" stroke-opacity=".4"/>'
    ),
    Shape.BOX: (
        f'<rect x="2" y="2" width="296" height="142" rx="8" {_RIM}/>'
        '<path class="draw" d="M2 20h296" stroke-dasharray="5 6" stroke-opacity=".6"/>'
    ),
}
_LEFT, _RIGHT = 45.0, 257.0
_LETTER = 9.2
_GAP = 0.32


def _count(serial: Serial) -> str:
    """How many characters, after what."""
    prefix = serial.prefix.strip()
    if serial.shortest == serial.longest:
        count = ngettext("%(count)s character", "%(count)s characters", serial.longest) % {
            "count": serial.longest
        }
    else:
        count = gettext("%(shortest)s to %(longest)s characters") % {
            "shortest": serial.shortest,
            "longest": serial.longest,
        }
    if not prefix:
        return count
    return gettext("%(characters)s after “%(prefix)s”") % {"characters": count, "prefix": prefix}


def _blanks(serial: Serial) -> str:
    """The prefix, then one block a character, in groups of four, within the marked box."""
    prefix = serial.prefix.strip()[:8]
    start = _LEFT + (len(prefix) * _LETTER + 9 if prefix else 0)
    units = serial.longest + _GAP * ((serial.longest - 1) // 4)
    step = (_RIGHT - start) / units
    blocks = "".join(
        f'<rect x="{start + step * (place + _GAP * (place // 4)):.1f}" y="96" '
        f'width="{step * 0.74:.1f}" height="12" rx="1.5"/>'
        for place in range(serial.longest)
    )
    words = format_html(
        '<text class="mono" x="{}" y="107" font-size="15" font-weight="700">{}</text>',
        f"{_LEFT:.0f}",
        prefix,
    )
    return f'{words if prefix else ""}<g fill="var(--ink)">{blocks}</g>'


def _print(lines: tuple[str, ...]) -> str:
    """The label's other lines: two at most in words, the rest as strokes that stand for print."""
    shown = [
        format_html(
            '<text x="54" y="{}" font-size="{}">{}</text>',
            y,
            f"{min(14.0, 14.0 * 27 / max(len(line), 1)):.1f}",
            line,
        )
        for line, y in zip(lines[:2], (44, 63), strict=False)
    ]
    strokes = ("M54 42h88M152 42h74", "M54 59h70M132 59h104", "M54 74h42M104 74h86M198 74h32")
    left = strokes[len(shown) :]
    return "".join(shown) + (
        '<g stroke="var(--edge)" stroke-opacity=".55" stroke-width="5" stroke-linecap="round">'
        + "".join(f'<path d="{path}"/>' for path in left)
        + "</g>"
    )


def label_picture(product: Product, language: str) -> SafeString:
    """The face with the serial's place marked, its caption, and a description in the language."""
    title = gettext("Where the serial number stands")
    where, _ = in_language(product.serial.where, language)
    count = _count(product.serial)
    key = f"where-{product.key}"
    return format_html(
        '<svg class="label" viewBox="0 0 300 210" width="300" height="210" role="img" '
        'focusable="false" aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{title}</title>'
        '<desc id="{key}-d">{where} {count}.</desc>{drawn}'
        '<text x="150" y="183" font-size="17" font-weight="650" text-anchor="middle">{name}</text>'
        '<text class="dim" x="150" y="204" font-size="15" text-anchor="middle">{count}</text>'
        "</svg>",
        key=key,
        title=title,
        where=where,
        count=count,
        name=gettext("Your serial number"),
        drawn=mark_safe(  # noqa: S308 - each part escapes what comes from data
            _FACES[product.drawing.shape]
            + _print(product.drawing.label_lines)
            + '<rect x="34" y="86" width="232" height="31" rx="8" fill="var(--look-bg)" '
            'stroke="var(--act)" stroke-width="3"/>'
            + _blanks(product.serial)
            + '<path class="hit" d="M150 118v44"/>'
            '<circle cx="150" cy="118" r="5" fill="var(--act)"/>'
        ),
    )


def same_label(product: Product) -> tuple[object, ...]:
    """What two products share whose pictures would say the same."""
    serial = product.serial
    where = tuple(sorted(serial.where.items()))
    return product.drawing.shape, where, serial.prefix, serial.shortest, serial.longest
