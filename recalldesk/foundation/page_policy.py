"""What a page may load, and from where: the content security policy; what its scripts may use.

Guarantee: nothing but from and to this server itself, and no script or style inside a page.
"""

PARTS = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
ANY_PAGE = "; ".join(PARTS)
FRAMED_BY_HTTPS = ANY_PAGE.replace("frame-ancestors 'none'", "frame-ancestors https:")
"""Of a page that is made to stand in a frame on somebody else's page."""
FRAMED_BY_ANY = ANY_PAGE.replace("frame-ancestors 'none'", "frame-ancestors https: http:")
"""The same where no page of this installation is for real owners."""
PAGE_WITH_FRAMES = "; ".join((*PARTS, "frame-src 'self'"))
"""Of a page of the desk that shows a mail as its reader will see it."""
A_MAIL_FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""Of that mail: nothing in it runs, loads or leads anywhere; styles stand in it, as in any mail."""
FRAMED = frozenset({FRAMED_BY_HTTPS, FRAMED_BY_ANY, A_MAIL_FRAMED})
PAGE_THAT_SENDS = "; ".join((*PARTS, "connect-src 'self'"))
"""Of a page whose script sends something to this server while the page stays."""
PAGE_THAT_IS_SOUGHT = PAGE_THAT_SENDS
"""Of a page that search engines lead to: whoever audits it reads `/robots.txt` from within it."""
A_FILE = "default-src 'none'; sandbox"
"""Of what somebody else made: nothing in it runs."""
NOTHING_USED = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)
"""The permissions policy of any page."""
POSITION_USED = NOTHING_USED.replace("geolocation=()", "geolocation=(self)")
"""Of the page on which an owner may look for places near the browser's position."""
