"""What else stands in a form whose one field is too long to be taken.

Guarantee: the body is held in memory alone, as far as a list may be large; of it only short texts
are read, and no file.
"""

from email.parser import BytesParser
from email.policy import HTTP

from django.http import HttpRequest, UnreadablePostError

from recalldesk.foundation.body_length import body_length

MOST_HELD = 6_000_000
"""A file of a list, and its form."""
LONGEST_FIELD = 2_000


def held_body(request: HttpRequest) -> bytes:
    """The body, read before its form is; empty where it is too long to be held. The form is read
    from it as from the request."""
    length = body_length(request.META)
    if request.method != "POST" or length is None or length > MOST_HELD:
        return b""
    try:
        body = request.read()
    except UnreadablePostError:
        return b""
    request._body = body
    return body


def fields_besides(request: HttpRequest, body: bytes, name: str) -> dict[str, str]:
    """The short texts of a form in parts, without the one of this name."""
    kind = request.META.get("CONTENT_TYPE", "")
    if not body or not kind.startswith("multipart/form-data"):
        return {}
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    whole = BytesParser(policy=HTTP).parsebytes(head + body)
    found: dict[str, str] = {}
    for part in whole.iter_parts() if whole.is_multipart() else ():
        field = part.get_param("name", header="content-disposition")
        text = part.get_payload(decode=True)
        if not isinstance(field, str) or not isinstance(text, bytes) or part.get_filename():
            continue
        if field != name and len(text) <= LONGEST_FIELD:
            found[field] = text.decode("utf-8", "replace")
    return found
