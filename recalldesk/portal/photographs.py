"""Photographs of products as pages show them: in the width that a screen needs, where there is one.

Guarantees: each has words for who cannot see it and its sides, so that nothing jumps; it is asked
for by its digest, so that browsers keep it for a year.
"""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recalldesk.pictures.reads import ShownPicture, Size, pictures_known
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.reads import LiveRecall

USUAL_WIDTH = 640
"""What a browser takes that chooses none."""
SMALL = "7.5rem"


def address_of(size: Size) -> str:
    """Where one width of a picture is that was published."""
    return reverse("portal_root:picture", args=[size.digest])


def previewed_by(token: str) -> Callable[[Size], str]:
    """Where it is for whoever holds a link to a version that was not."""
    return lambda size: reverse("portal:preview_picture", args=[token, size.digest])


def photograph(
    sizes: Sequence[Size],
    words: str,
    *,
    takes: str,
    language: str = "",
    is_first: bool = False,
    kind: str = "photograph",
    at: Callable[[Size], str] = address_of,
) -> SafeString:
    """The element. `takes`: how wide it stands, as CSS says it; `language` where it is another than
    the page's; `is_first`: what is seen without scrolling, and so loaded at once; `at`: where each
    width is."""
    usual = next((size for size in sizes if size.width >= USUAL_WIDTH), sizes[-1])
    widths = ", ".join(f"{at(size)} {size.width}w" for size in sizes)
    spoken = format_html(' lang="{}"', language) if language else ""
    return format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}>',
        kind,
        at(usual),
        widths,
        takes,
        usual.width,
        usual.height,
        words,
        spoken,
        "" if is_first else format_html(' loading="{}" decoding="async"', "lazy"),
    )


def main_picture(live: LiveRecall, product: Product) -> ShownPicture | None:
    """The first picture of the whole product, or None."""
    pictures = pictures_known(live)
    shown = (each.file for each in product.photographs if not each.shows_serial)
    return next((pictures[file] for file in shown if file in pictures), None)
