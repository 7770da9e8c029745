"""What a shop puts into its own pages: frames that show the banner and the check of a recall.

Guarantees: a frame asks for no more than it needs (no camera, no place, no page of the shop's is
named to us, none of it may be left by the frame); the text is HTML that can be copied as it is.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override

from recalldesk.claims.brands import site_of
from recalldesk.notices.notice import Notice
from recalldesk.notices.published import Published


class Embed(StrEnum):
    """What can be shown in a frame."""

    BANNER = "banner"
    CHECK = "check"


# Its own origin, so that its styles may be loaded and its form is known as its own.
_SHOWN = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
MAY = {
    Embed.BANNER: _SHOWN,
    # Scripts, so that a proof of work takes seconds; all else goes without.
    Embed.CHECK: f"allow-forms allow-scripts {_SHOWN}",
}
"""What the sandbox of the frame must allow."""
HEIGHT = {Embed.BANNER: 480, Embed.CHECK: 720}
"""In pixels; what is longer scrolls inside the frame."""


@dataclass(frozen=True)
class Snippet:
    """One frame: what it shows, where that stands, and the HTML to copy."""

    embed: Embed
    address: str
    html: str


def snippet(published: Published, notice: Notice, embed: Embed, *, shop: str = "") -> Snippet:
    """The frame, in the language of the notice. `shop`: the name under which checks count."""
    with override(notice.language):
        path = reverse(f"portal:embedded_{embed}", args=[published.slug])
    address = site_of(published.document.brands[0]) + path + (f"?shop={shop}" if shop else "")
    html = format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" '
        'referrerpolicy="no-referrer" sandbox="{}" style="border: 0"></iframe>',
        address,
        notice.headline,
        HEIGHT[embed],
        MAY[embed],
    )
    return Snippet(embed, address, str(html))
