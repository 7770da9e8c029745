"""What to write on a unit, as it looks when it is done: on the unit itself, or on light tape where
ink would not show.

Guarantee: what is drawn is what the recall asks for and nothing else, and its description says the
same in words.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from recalldesk.portal.drawings.lettering import lettered
from recalldesk.recalls.document.product import Product, Shape, Variant
from recalldesk.recalls.picture import Paint, is_dark
from recalldesk.recalls.wording import in_language

__all__ = ["is_dark", "marking_picture"]

WIDTH, HEIGHT = 420, 234
INK, TAPE = "#1d2530", "#f3ead2"
_TAPE = (
    "M40 44l6 9-6 9 6 9-6 9 6 9-6 9 6 9-6 9 6 9-6 9 6 9-6 9 6 9-6 9 6 9-6 9h340l-6-9 6-9-6-9 6-9-6"
    "-9 6-9-6-9 6-9-6-9 6-9-6-9 6-9-6-9 6-9-6-9 6-9z"
)


def _box(radius: int) -> str:
    return f'<rect x="8" y="10" width="404" height="214" rx="{radius}" {{}}/>'


_FRONTS: dict[Shape, str] = {
    Shape.POWER_BANK: _box(46),
    Shape.SLIM_POWER_BANK: _box(18),
    Shape.SPEAKER: _box(64),
    Shape.PUCK: '<ellipse cx="210" cy="117" rx="204" ry="111" {}/>',
    Shape.VEHICLE: '<path d="M62 12h296c12 0 18 5 22 16l30 172c2 14-6 22-18 22H28c-12 0-20-8-18-22'
    'L40 28c4-11 10-16 22-16Z" {}/>',
    Shape.BOX: _box(8),
}
_SHINE = {
    Shape.POWER_BANK: "M60 30h260",
    Shape.SLIM_POWER_BANK: "M36 28h300",
    Shape.SPEAKER: "M84 28h252",
    Shape.PUCK: "M120 26q90-14 180 0",
    Shape.VEHICLE: "M78 28h240",
    Shape.BOX: "M24 28h300",
}


def marking_picture(
    product: Product, variant: Variant, lines: tuple[str, ...], language: str
) -> SafeString:
    """The product's front in the colour of a variant, with `lines` written on it by hand."""
    paint, dark = Paint(variant.colour), is_dark(variant.colour)
    front = _FRONTS[product.drawing.shape].format(
        f'fill="{paint.body}" stroke="{paint.rim}" stroke-width="2.5"'
    )
    shine = (
        f'<path d="{_SHINE[product.drawing.shape]}" stroke="{paint.mark}" stroke-opacity=".14" '
        'stroke-width="8" stroke-linecap="round" fill="none"/>'
    )
    tape = f'<path d="{_TAPE}" fill="{TAPE}"/>' if dark else ""
    written = (
        f'<g fill="none" stroke="{INK}" stroke-linecap="round" stroke-linejoin="round">'
        f"{_written(lines)}</g>"
    )
    return format_html(
        '<svg class="marking" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'focusable="false" aria-labelledby="mark-t mark-d"><title id="mark-t">{}</title>'
        '<desc id="mark-d">{}</desc>{}</svg>',
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        gettext("What to write on the unit"),
        _described(product, variant, lines, language, on_tape=dark),
        mark_safe(  # noqa: S308 - numbers, strokes of our own and a colour that the document checked
            f'{front}{shine}<g transform="rotate(-2 210 117)">{tape}{written}</g>'
        ),
    )


def _written(lines: tuple[str, ...]) -> str:
    """The lines under each other; with more of them each is smaller."""
    top, room = 56.0, 120.0
    each = room / max(len(lines), 1)
    height = min(each * 0.66, 44.0)
    return "".join(
        lettered(
            line,
            middle=210 + (6 if place % 2 else -6),
            top=top + each * place + (each - height) / 2,
            most_width=300,
            height=height,
        )
        for place, line in enumerate(lines)
    )


def _described(
    product: Product, variant: Variant, lines: tuple[str, ...], language: str, *, on_tape: bool
) -> str:
    named = {
        "product": in_language(product.kind, language)[0],
        "look": in_language(variant.name, language)[0],
        "lines": ", ".join(lines),
    }
    if on_tape:
        return (
            gettext(
                "The front (%(product)s, %(look)s). A strip of light tape is stuck across it. On "
                "the tape, in large hand lettering: %(lines)s."
            )
            % named
        )
    return (
        gettext("The front (%(product)s, %(look)s). On it, in large hand lettering: %(lines)s.")
        % named
    )
