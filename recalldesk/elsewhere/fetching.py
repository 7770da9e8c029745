"""A feed from its address, into a file.

Guarantees: https alone, also where the address leads on, and it leads on a few times at most; what
is too large, too slow or no success is given up; no key, cookie or referrer is sent. The address is
the operator's own word: whether it lies in the firm's own network is not judged.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from recalldesk.elsewhere.errors import FeedNotFetched

CONNECT, READ, WHOLE = 10.0, 60.0, 600.0
"""Seconds: to be connected, between two pieces, for all of it. The CPSC's whole feed is slow."""
MOST_BYTES = 500_000_000
MOST_STEPS = 5
"""Addresses that one may lead on to."""
PIECE = 1 << 18
HEADERS = {"Accept": "application/json", "User-Agent": "Recalldesk", "Accept-Encoding": "identity"}
BY_FILE = "Or fetch the file by other means, and import that."


def is_address(text: str) -> bool:
    """Whether somebody means an address, and no file."""
    return "://" in text


def shown(address: str) -> str:
    """An address as it may be kept and shown: with no name, password or key in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def fetch_feed(address: str, path: Path) -> None:
    """Writes what the address gives into a new file. Raises FeedNotFetched."""
    until = time.monotonic() + WHOLE
    with requests.Session() as session:
        session.trust_env = True  # the operator's proxy and certificates
        for _ in range(MOST_STEPS + 1):
            leads_to = _one_step(session, address, path, until)
            if leads_to is None:
                return
            address = leads_to
    raise FeedNotFetched("The address leads on and on.", BY_FILE)


def _one_step(session: requests.Session, address: str, path: Path, until: float) -> str | None:
    """Asks one address; where it leads on to, or None once the file is there."""
    _refuse_unfit(address)
    try:
        with session.get(
            address,
            headers=HEADERS,
            auth=_no_auth,
            timeout=(CONNECT, READ),
            stream=True,
            allow_redirects=False,
        ) as answer:
            if answer.is_redirect:
                return urljoin(address, answer.headers["Location"])
            if answer.status_code != requests.codes.ok:
                raise FeedNotFetched(
                    f"{shown(address)} answered with status {answer.status_code}.", BY_FILE
                )
            _write(answer, path, until)
    except (requests.RequestException, HTTPError) as error:
        raise FeedNotFetched(
            f"{shown(address)} did not answer ({type(error).__name__}).", BY_FILE
        ) from error
    return None


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from sending what a `.netrc` holds."""
    return request


def _refuse_unfit(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_fit = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fit = False
    if not is_fit:
        raise FeedNotFetched("A feed is fetched by https alone.", "Give an https:// address.")


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    """What came, as it comes: whoever sends a byte a minute is looked at after each of them."""
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        yield from answer.iter_content(PIECE)  # not asked for, and unpacked all the same
        return
    while piece := answer.raw.read1(PIECE, decode_content=False):
        yield piece


def _write(answer: requests.Response, path: Path, until: float) -> None:
    size = 0
    with path.open("wb") as file:
        for piece in _pieces(answer):
            size += len(piece)
            if size > MOST_BYTES:
                raise FeedNotFetched(
                    f"The feed has over {MOST_BYTES // 1_000_000} MB.", "Ask for a part of it."
                )
            if time.monotonic() > until:
                raise FeedNotFetched(f"The feed took over {WHOLE / 60:.0f} minutes.", BY_FILE)
            file.write(piece)
