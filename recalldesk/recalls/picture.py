"""What a product looks like: one outline for each shape, in the colour of a variant. SVG markup.

Guarantee: no style attribute and no script; every text that comes from data is escaped.
"""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from recalldesk.recalls.document.contrast import contrast
from recalldesk.recalls.document.product import Shape


def _mixed(colour: str, other: str, share: float) -> str:
    """A colour moved towards another one by a share."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def is_dark(colour: str) -> bool:
    """Whether white shows on a colour (#rrggbb) better than ink does."""
    return contrast(colour, "#ffffff") > 3


class Paint:
    """The colours of one picture, all from the variant's own."""

    def __init__(self, colour: str) -> None:
        dark = is_dark(colour)
        self.body = colour
        self.rim = _mixed(colour, "#ffffff" if dark else "#3a362e", 0.55 if dark else 0.42)
        self.deep = _mixed(colour, "#000000", 0.28 if dark else 0.12)
        self.mark = "#ffffff" if dark else "#4c4840"


def _power_bank(paint: Paint) -> str:
    dots = "".join(
        f'<circle cx="{39 + 5 * i}" cy="15" r="1.6" fill-opacity="{0.35 if i == 3 else 0.85}"/>'
        for i in range(4)
    )
    return (
        f'<rect x="19" y="3" width="54" height="86" rx="13" fill="{paint.body}" '
        f'stroke="{paint.rim}" stroke-width="2"/>'
        f'<g stroke="{paint.mark}" stroke-linecap="round"><path d="M27 15v62" stroke-opacity=".2" '
        'stroke-width="4"/><path d="M39 78h14" stroke-opacity=".55" stroke-width="3"/></g>'
        f'<g fill="{paint.mark}">{dots}</g>'
    )


def _engraving(text: str, paint: Paint) -> str:
    """The name on the front, where it is short enough to be read."""
    if not text or len(text) > LONGEST_ENGRAVING:
        return ""
    return format_html(
        '<text x="46" y="52" font-size="10" font-weight="650" text-anchor="middle" fill="{}" '
        'fill-opacity=".62">{}</text>',
        paint.mark,
        text,
    )


def _slim_power_bank(paint: Paint) -> str:
    return (
        f'<rect x="22" y="2" width="48" height="88" rx="6" fill="{paint.body}" '
        f'stroke="{paint.rim}" stroke-width="2"/>'
        f'<rect x="39" y="5.5" width="14" height="4" rx="1.5" fill="{paint.deep}" '
        f'stroke="{paint.rim}" stroke-width="1"/>'
        f'<g stroke="{paint.mark}" stroke-linecap="round"><path d="M28 16v62" stroke-opacity=".18" '
        'stroke-width="3"/><path d="M38 82h16" stroke-opacity=".5" stroke-width="2.5"/></g>'
        f'<circle cx="62" cy="20" r="2" fill="{paint.mark}" fill-opacity=".8"/>'
    )


def _speaker(paint: Paint) -> str:
    holes = "".join(
        f'<circle cx="{18 + 8 * column}" cy="{38 + 8 * row}" r="1.3"/>'
        for row in range(4)
        for column in range(8)
    )
    return (
        f'<rect x="5" y="23" width="82" height="48" rx="17" fill="{paint.body}" '
        f'stroke="{paint.rim}" stroke-width="2"/>'
        f'<path d="M30 29.5h32" stroke="{paint.mark}" stroke-opacity=".5" stroke-width="3" '
        'stroke-linecap="round" stroke-dasharray="3 7"/>'
        f'<g fill="{paint.mark}" fill-opacity=".34">{holes}</g>'
    )


def _puck(paint: Paint) -> str:
    return (
        f'<circle cx="46" cy="46" r="41" fill="{paint.body}" stroke="{paint.rim}" '
        'stroke-width="2"/>'
        f'<circle cx="46" cy="46" r="29" fill="none" stroke="{paint.mark}" stroke-opacity=".3" '
        'stroke-width="3" stroke-dasharray="1 5" stroke-linecap="round"/>'
        f'<circle cx="46" cy="46" r="17" fill="{paint.deep}" stroke="{paint.rim}"/>'
        f'<path d="M46 40v12M40 46h12" stroke="{paint.mark}" stroke-opacity=".75" '
        'stroke-width="2.4" stroke-linecap="round"/>'
    )


def _vehicle(paint: Paint) -> str:
    wheel = (
        '<circle cx="{x}" cy="64" r="9.5" fill="#2a2d31" stroke="#9a9fa6" stroke-width="1.5"/>'
        '<circle cx="{x}" cy="64" r="3.6" fill="#9a9fa6"/>'
    )
    return (
        '<path d="M4 60V50c0-4 2-6 6-7l12-2 13-14c2-2 4-3 7-3h18c4 0 7 1 9 4l9 14 6 2c3 1 4 3 4 6v'
        f'10c0 2-1 4-3 4H8c-2 0-4-2-4-4Z" fill="{paint.body}" stroke="{paint.rim}" '
        'stroke-width="2" stroke-linejoin="round"/>'
        f'<path d="m29 40 9.5-10c1-1 2-1.5 4-1.5h6V41H29Zm24-11.5h8c2 0 4 1 5 3l6 9.5H53Z" '
        f'fill="{paint.mark}" fill-opacity=".4"/>'
        f'<path d="M50.7 45v17M56 48h5" stroke="{paint.mark}" stroke-opacity=".45" '
        'stroke-width="1.6" stroke-linecap="round"/>' + wheel.format(x=24) + wheel.format(x=69)
    )


def _box(paint: Paint) -> str:
    return (
        f'<path d="m46 8 36 17v40L46 84 10 65V25Z" fill="{paint.body}" stroke="{paint.rim}" '
        'stroke-width="2" stroke-linejoin="round"/>'
        f'<path d="M46 42v42L10 65V25Z" fill="{paint.deep}" fill-opacity=".5"/>'
        f'<path d="m10 25 36 17 36-17M46 42v42M28 16.5l36 17.5v11" fill="none" '
        f'stroke="{paint.rim}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>'
    )


ENGRAVED = frozenset({Shape.POWER_BANK, Shape.SLIM_POWER_BANK})
LONGEST_ENGRAVING = 8
_OUTLINES: dict[Shape, Callable[[Paint], str]] = {
    Shape.POWER_BANK: _power_bank,
    Shape.SLIM_POWER_BANK: _slim_power_bank,
    Shape.SPEAKER: _speaker,
    Shape.PUCK: _puck,
    Shape.VEHICLE: _vehicle,
    Shape.BOX: _box,
}


def product_picture(
    shape: Shape, colour: str, title: str = "", *, engraved: str = ""
) -> SafeString:
    """The product in one colour (#rrggbb), with what is engraved on its front.

    Without a title it is hidden from screen readers.
    """
    paint = Paint(colour)
    outline = _OUTLINES[shape](paint)
    if shape in ENGRAVED:
        outline += _engraving(engraved, paint)
    meaning = (
        format_html('role="img" aria-label="{}"', title)
        if title
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="picture" viewBox="0 0 92 92" width="92" height="92" focusable="false" {}>{}'
        "</svg>",
        meaning,
        mark_safe(outline),  # noqa: S308 - drawn from numbers and a colour that the document checked
    )
