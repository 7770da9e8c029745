"""A request's body that is given up where it comes too slowly; no Django.

Guarantees: whoever reads it gets the same bytes; whoever sends below the least pace, or for very
long, holds a thread no longer than until the next piece of it has come. A sender who falls silent
within a piece is seen by the proxy in front only.
"""

from collections.abc import Callable, Iterable
from io import RawIOBase
from time import monotonic
from typing import Any, Final

LEAST_BYTES_A_SECOND: Final = 4_000
"""On the whole. A line that is slower than this cannot show a page either."""
SECONDS_OF_GRACE: Final = 30.0
MOST_SECONDS: Final = 1_800.0
"""For one body, also for the largest that is taken."""
PIECE: Final = 256
"""Bytes. The server waits until so many have come; only then can be seen how long it took."""

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class PacedBody(RawIOBase):
    """What `wsgi.input` gives, as long as it comes fast enough. Only the time spent on waiting for
    the sender counts.
    """

    def __init__(self, body: Any) -> None:
        self._body = body
        self._came, self._waited = 0, 0.0

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end; all that come where none are named.

        Raises TimeoutError where they come too slowly, else what the server raises.
        """
        pieces, left = [], size
        while left:
            piece = self._next(PIECE if left < 0 else min(left, PIECE))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece) if left > 0 else 0
        return b"".join(pieces)

    def _next(self, size: int) -> bytes:
        began = monotonic()
        piece: bytes = self._body.read(size)
        self._waited += monotonic() - began
        self._came += len(piece)
        enough = min(SECONDS_OF_GRACE + self._came / LEAST_BYTES_A_SECOND, MOST_SECONDS)
        if piece and self._waited > enough:
            raise TimeoutError("the body came too slowly")
        return piece


def paced(application: Application) -> Application:
    """The application, with bodies that are given up where they come too slowly."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"] = PacedBody(environ["wsgi.input"])
        return application(environ, start_response)

    return answer
