"""The one setting that says how mail leaves, as a URL. Read without Django.

smtp://host                                 plain, for a server on this very machine
smtp+tls://user:password@host:587           STARTTLS
smtps://user:password@host                  TLS from the first byte
file:  or  file:/a/folder                   a folder; nobody gets the mail
anymail+postmark://?server_token=…          a provider, with its settings as Anymail names them
"""

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from recalldesk.foundation.problem import Problem

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "recalldesk.mailing.folder.EmailBackend"
SECONDS = 20
"""What a server has for each of its answers."""
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
ANYMAIL = "anymail+"
PROVIDER = re.compile(r"[a-z_]{2,30}")
NOT_PROVIDERS = frozenset({"base", "base_requests", "console", "test"})


class MailUrlUnreadable(Problem):
    """The URL names no way to send mail. Neither text quotes it: it may hold a password."""


@dataclass(frozen=True)
class MailWay:
    """How mail leaves: Django's backend with its options, or Anymail's with its settings."""

    backend: str
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    anymail: Mapping[str, str] = field(default_factory=dict, repr=False)
    provider: str = ""


NOWHERE = MailWay(backend="")
"""Nothing can be sent, and nothing is lost: what is written waits."""


def mail_way(url: str, *, folder: Path) -> MailWay:
    """What the URL says; `folder` is that of a `file:` without one. Raises MailUrlUnreadable."""
    scheme, _, rest = url.partition(":")
    if scheme.startswith(ANYMAIL):
        return _anymail(scheme.removeprefix(ANYMAIL).replace("-", "_"), rest)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _unreadable("its host or port is none") from error
    if parts.scheme in PORTS:
        return _smtp(parts, port)
    if parts.scheme == "file":
        return MailWay(FOLDER, {"folder": Path(unquote(parts.path)) if parts.path else folder})
    raise _unreadable("it begins with none of smtp:, smtp+tls:, smtps:, file: and anymail+…:")


def _smtp(parts: SplitResult, port: int | None) -> MailWay:
    if not parts.hostname:
        raise _unreadable("it names no host")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise _unreadable(
            "something stands behind the host; write /, ? and # of a password as %2F, %3F, %23"
        )
    options = {
        "host": parts.hostname,
        "port": port or PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": SECONDS,
    }
    return MailWay(SMTP, options)


def _anymail(provider: str, rest: str) -> MailWay:
    if not _is_provider(provider):
        raise _unreadable("Anymail knows no provider of this name")
    nothing, _, settings = rest.partition("?")
    if nothing not in ("", "//"):
        raise _unreadable(
            "a provider's settings stand behind a question mark, as in "
            "anymail+postmark://?server_token=…"
        )
    named = dict(_setting(pair) for pair in settings.split("&") if pair)
    prefix = f"{provider.upper()}_"
    return MailWay(
        backend=f"anymail.backends.{provider}.EmailBackend",
        anymail={prefix + name: value for name, value in named.items()},
        provider=provider,
    )


def _setting(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals or not re.fullmatch(r"[a-z_]+", name):
        raise _unreadable("a provider's settings are written name=value, joined by &")
    return name.upper(), unquote(value)


def _is_provider(name: str) -> bool:
    if not PROVIDER.fullmatch(name) or name in NOT_PROVIDERS:
        return False
    return importlib.util.find_spec(f"anymail.backends.{name}") is not None


def _unreadable(why: str) -> MailUrlUnreadable:
    return MailUrlUnreadable(
        f"RECALLDESK_EMAIL_URL cannot be read: {why}.",
        "Write it as `smtp+tls://user:password@host:587`; docs/mail.md shows every form.",
    )
