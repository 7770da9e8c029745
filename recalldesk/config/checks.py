"""What must not go to production, each with an id and a hint. A finding stops the start.

Guarantee: every entry of `ALL` is tested; docs/settings.md lists them.
"""

import base64
import binascii
import importlib.util
import re
from collections.abc import Sequence
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email

from recalldesk.audit.errors import LogKeyUnusable
from recalldesk.audit.recipients import recipients
from recalldesk.audit.signing import key_in, known_keys
from recalldesk.checks.clients import networks
from recalldesk.checks.errors import ProxiesUnreadable
from recalldesk.config.home import prepare_home
from recalldesk.evidence.scanners.addresses import ScannerAddressUnreadable, scanner_address
from recalldesk.mailing import mail_url
from recalldesk.sealing.keys import KEY_BYTES, KeyRing, SealingError

LEAST_SECRET = 50
LEAST_WEBHOOK_SECRET = 24
EMPTIED = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - named to be refused
"""Folders that do not outlast a restart."""


class Fault(NamedTuple):
    """A fault of the configuration."""

    id: str
    message: str
    hint: str


SECRET_KEY = Fault(
    "rd.E001",
    "RECALLDESK_SECRET_KEY is missing or too short.",
    "Set it to at least 50 random characters: "
    '`python3 -c "import secrets; print(secrets.token_urlsafe(64))"`.',
)
DEBUG = Fault(
    "rd.E002",
    "RECALLDESK_DEBUG is on: error pages would show what owners typed.",
    "Leave RECALLDESK_DEBUG unset.",
)
HOSTS = Fault(
    "rd.E003",
    "RECALLDESK_HOSTS is empty, or accepts every name.",
    "Name the host names of your recall pages, separated by commas.",
)
MAIL = Fault(
    "rd.E004",
    "RECALLDESK_EMAIL_URL or RECALLDESK_MAIL_FROM is missing, or the latter is no address.",
    "Set them as `smtp+tls://user:password@host:587` and the desk's address.",
)
STORAGE = Fault(
    "rd.E005",
    "RECALLDESK_HOME cannot be written, or lies in a folder that is emptied at a restart.",
    "Name a folder on a lasting disk that this user may write.",
)
SEALING = Fault(
    "rd.E006",
    "RECALLDESK_SEALING_KEYS or RECALLDESK_LOOKUP_KEY is missing or is no key.",
    "`recalldesk keys new` prints both; keep a copy apart from the database's backups.",
)
SAME_KEY = Fault(
    "rd.E007",
    "RECALLDESK_LOOKUP_KEY is also a sealing key.",
    "Use another key for look-ups: `recalldesk keys new` prints both.",
)
PROXIES = Fault(
    "rd.E008",
    "RECALLDESK_TRUSTED_PROXIES holds something that is no network, or one far too large.",
    "Name the addresses of your own proxies, separated by commas, as `127.0.0.1` or `10.1.0.0/16`.",
)
NO_PROXY = Fault(
    "rd.E009",
    "RECALLDESK_BEHIND_TLS_PROXY is on, and RECALLDESK_TRUSTED_PROXIES names none: all owners "
    "would count as one client, and soon be refused.",
    "Name the proxy's address, mostly `127.0.0.1`; it must set or extend `X-Forwarded-For` itself.",
)
NO_SCANNER = Fault(
    "rd.E020",
    "RECALLDESK_CLAMD is missing: nothing says who scans the photos that owners send.",
    "Name clamd's socket, as `unix:/run/clamav/clamd.ctl`; or say `none`, and photos are only "
    "re-encoded.",
)
SCANNER = Fault(
    "rd.E021",
    "RECALLDESK_CLAMD cannot be read.",
    "Write `unix:/run/clamav/clamd.ctl`, `tcp:127.0.0.1:3310`, or `none`.",
)
NO_BOTO = Fault(
    "rd.E022",
    "RECALLDESK_S3_BUCKET is set, and the library for S3 is not installed.",
    "Install `recalldesk[s3]`, or unset it and photos are kept in `HOME/photos`.",
)
MAIL_UNREADABLE = Fault(
    "rd.E010",
    "RECALLDESK_EMAIL_URL cannot be read, or lacks a setting that its provider needs.",
    "Write `smtp+tls://user:password@host:587`, or `anymail+postmark://?server_token=…`; "
    "docs/mail.md shows every form.",
)
MAIL_TO_FOLDER = Fault(
    "rd.E011",
    "RECALLDESK_EMAIL_URL names a folder: owners would get no mail.",
    "Name a mail server or a provider.",
)
TEXTS = Fault(
    "rd.E012",
    "RECALLDESK_SMS is missing, or names a folder: owners would get no text message.",
    "Set it to `none`: a phone number is then only ever called, by a person.",
)
WEBHOOK_SECRET = Fault(
    "rd.E013",
    "RECALLDESK_MAIL_WEBHOOK_SECRET is no `user:password`, or too short.",
    "Write a user, a colon and at least 24 random characters, in ASCII; or leave it unset.",
)
PUBLIC_ADDRESS = Fault(
    "rd.E014",
    "RECALLDESK_PUBLIC_ADDRESS is no `https://host`: owners could not follow the links of letters.",
    "Write `https://recall.example.com`, with `:port` if need be and nothing behind it; outside "
    "production `http://` is taken, too. Or leave it unset.",
)
PROVIDER_HALF_SET = Fault(
    "rd.E030",
    "Of RECALLDESK_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET and _NAME some are set and some not: "
    "nobody could sign in with the firm's provider.",
    "Set all four, or none.",
)
PROVIDER_ADDRESS = Fault(
    "rd.E031",
    "RECALLDESK_OIDC_ISSUER is no `https://` address: whoever is on the line could sign in as "
    "anybody.",
    "Write the issuer as the provider names it, as `https://login.example.com`; outside "
    "production `http://` is taken, too.",
)
LOG_KEY = Fault(
    "rd.E050",
    "RECALLDESK_LOG_KEY is missing, is no key, or is another key of this installation, too.",
    "`recalldesk keys new` prints one; keep it apart from the database and its backups.",
)
LOG_HEADS = Fault(
    "rd.E051",
    "RECALLDESK_LOG_HEADS_TO and RECALLDESK_LOG_HEADS_FOLDER are missing: the head of the log "
    "would never leave, and nobody could show that the log is whole.",
    "Name an address of somebody who cannot change the database, a folder on another machine, or "
    "both.",
)
LOG_UNREADABLE = Fault(
    "rd.E052",
    "RECALLDESK_LOG_HEADS_TO holds something that is no address, or RECALLDESK_RETIRED_LOG_KEYS "
    "something that is no public key.",
    "Write `audit@firm.example`, and keys as `recalldesk audit key` prints them, each separated by "
    "commas.",
)
ADDRESS = re.compile(r"(https?)://(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?/?", re.IGNORECASE)
"""A site: its scheme and port. One slash at the end changes nothing."""
ALL = (
    SECRET_KEY,
    DEBUG,
    HOSTS,
    MAIL,
    STORAGE,
    SEALING,
    SAME_KEY,
    PROXIES,
    NO_PROXY,
    NO_SCANNER,
    SCANNER,
    NO_BOTO,
    MAIL_UNREADABLE,
    MAIL_TO_FOLDER,
    TEXTS,
    WEBHOOK_SECRET,
    PUBLIC_ADDRESS,
    PROVIDER_HALF_SET,
    PROVIDER_ADDRESS,
    LOG_KEY,
    LOG_HEADS,
    LOG_UNREADABLE,
)


def _error(fault: Fault) -> Error:
    return Error(fault.message, hint=fault.hint, id=fault.id)


def _missing_of_mail() -> list[Fault]:
    """What production lacks to send mail, one line for each variable."""
    environment, found = settings.ENVIRONMENT, list[Fault]()
    if not environment.email_url.strip():
        hint = "Set it as `smtp+tls://user:password@host:587`; docs/mail.md shows every form."
        found.append(Fault(MAIL.id, "RECALLDESK_EMAIL_URL is missing.", hint))
    written = environment.mail_from.strip()
    if not all(parseaddr(written)[1].rpartition("@")):
        wrong = "RECALLDESK_MAIL_FROM is " + ("no mail address." if written else "missing.")
        hint = "Set it to the desk's address, as `desk@recall.example.com`."
        found.append(Fault(MAIL.id, wrong, hint))
    return found


def _mail_faults() -> list[Fault]:
    """What is wrong in any profile: unreadable, every mail would wait for ever."""
    if not settings.ENVIRONMENT.email_url:
        return []
    try:
        mail_url.mail_way(settings.ENVIRONMENT.email_url, folder=settings.MAIL_FOLDER)
        # To make it is to ask for its settings; nothing is reached.
        get_connection(settings.EMAIL_BACKEND, **settings.MAIL_OPTIONS)
    except mail_url.MailUrlUnreadable as error:
        return [MAIL_UNREADABLE._replace(message=error.message)]
    except ImportError:
        return [MAIL_UNREADABLE._replace(message=_of_provider("a library that is not installed"))]
    except ImproperlyConfigured as error:
        prefix = settings.MAIL_PROVIDER.upper()
        lacking = re.search(rf"'{prefix}_([A-Z_]+)': \.\.\.", str(error))
        what = f"`{lacking[1].lower()}=…`" if lacking else "a setting that is missing"
        return [MAIL_UNREADABLE._replace(message=_of_provider(what))]
    except (ValueError, TypeError):
        return [MAIL_UNREADABLE]
    return []


def _of_provider(what: str) -> str:
    return f"RECALLDESK_EMAIL_URL names {settings.MAIL_PROVIDER}, which needs {what}."


def _address_faults() -> list[Fault]:
    """What is wrong in any profile, and plain HTTP in production."""
    address = settings.ENVIRONMENT.public_address
    site = ADDRESS.fullmatch(address)
    if not address or (
        site
        and int(site[2] or 443) in range(1, 65_536)
        and (site[1].lower() == "https" or not settings.IS_PRODUCTION)
    ):
        return []
    return [PUBLIC_ADDRESS]


def _provider_faults() -> list[Fault]:
    """What is wrong in any profile, and plain HTTP in production."""
    environment = settings.ENVIRONMENT
    issuer = environment.oidc_issuer
    parts = (
        issuer,
        environment.oidc_client_id,
        environment.oidc_client_secret,
        environment.oidc_name,
    )
    found = [PROVIDER_HALF_SET] if any(parts) and not all(parts) else []
    schemes = ("https://",) if settings.IS_PRODUCTION else ("https://", "http://")
    return found + ([PROVIDER_ADDRESS] if issuer and not issuer.startswith(schemes) else [])


def _webhook_faults() -> list[Fault]:
    secret = settings.ENVIRONMENT.mail_webhook_secret
    user, _, password = secret.partition(":")
    if secret and not (user and len(password) >= LEAST_WEBHOOK_SECRET and secret.isascii()):
        return [WEBHOOK_SECRET]
    return []


def _accepts_every_name() -> bool:
    """Django takes `*` for every name, and a lone dot for every name that ends in one."""
    return any(not host.strip("*.") for host in settings.ALLOWED_HOSTS)


def _storage_is_unfit() -> bool:
    home = settings.HOME
    try:
        # Links and `..` followed: what counts is where the files come to lie.
        lies_at = home.resolve()
        if any(lies_at.is_relative_to(Path(folder).resolve()) for folder in EMPTIED):
            return True
        prepare_home(home, embedded_database=settings.EMBEDDED_DATABASE)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except (OSError, RuntimeError):
        return True
    return False


def _lookup_key() -> bytes | None:
    try:
        key = base64.b64decode(settings.LOOKUP_KEY, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _key_faults() -> list[Fault]:
    lookup = _lookup_key()
    try:
        ring = KeyRing.from_text(settings.SEALING_KEYS)
    except SealingError:
        return [SEALING]
    if lookup is None:
        return [SEALING]
    return [SAME_KEY] if lookup in ring.keys.values() else []


def _log_key_faults() -> list[Fault]:
    try:
        key = key_in(settings.LOG_KEY, variable="RECALLDESK_LOG_KEY")
    except LogKeyUnusable:
        return [LOG_KEY]
    others = {_lookup_key()}
    with suppress(SealingError):
        others |= {*KeyRing.from_text(settings.SEALING_KEYS).keys.values()}
    return [LOG_KEY] if key in others else []


def _log_faults() -> list[Fault]:
    """What is wrong in any profile: it would fail at the first head."""
    try:
        known_keys(signing="", retired=settings.RETIRED_LOG_KEYS)
        for address in recipients():
            validate_email(address)
    except (LogKeyUnusable, ValidationError):
        return [LOG_UNREADABLE]
    return []


def _proxy_faults() -> list[Fault]:
    """What is wrong in any profile: unreadable, it would fail at the first check."""
    try:
        networks(settings.ENVIRONMENT.trusted_proxies)
    except ProxiesUnreadable:
        return [PROXIES]
    return []


def _photo_faults() -> list[Fault]:
    """What is wrong in any profile: it would fail at the first photo."""
    found: list[Fault] = []
    if settings.CLAMD:
        try:
            scanner_address(settings.CLAMD)
        except ScannerAddressUnreadable:
            found.append(SCANNER)
    if settings.ENVIRONMENT.s3_bucket and importlib.util.find_spec("boto3") is None:
        found.append(NO_BOTO)
    return found


def _proxies_are_missing() -> bool:
    environment = settings.ENVIRONMENT
    return environment.behind_tls_proxy and not environment.trusted_proxies.strip(", ")


def production_faults() -> list[Fault]:
    """All faults that production must not have."""
    found: list[Fault] = []
    if len(settings.SECRET_KEY) < LEAST_SECRET or len(set(settings.SECRET_KEY)) < 10:
        found.append(SECRET_KEY)
    if settings.DEBUG:
        found.append(DEBUG)
    if not settings.ALLOWED_HOSTS or _accepts_every_name():
        found.append(HOSTS)
    found += _missing_of_mail()
    if _storage_is_unfit():
        found.append(STORAGE)
    if _proxies_are_missing():
        found.append(NO_PROXY)
    if not settings.CLAMD:
        found.append(NO_SCANNER)
    if settings.EMAIL_BACKEND == mail_url.FOLDER:
        found.append(MAIL_TO_FOLDER)
    if settings.ENVIRONMENT.sms != "none":
        found.append(TEXTS)
    if not recipients() and settings.LOG_HEADS_FOLDER is None:
        found.append(LOG_HEADS)
    return found + _key_faults() + _log_key_faults() + _faults_anywhere()


def _faults_anywhere() -> list[Fault]:
    return (
        _proxy_faults()
        + _mail_faults()
        + _webhook_faults()
        + _photo_faults()
        + _address_faults()
        + _provider_faults()
        + _log_faults()
    )


@register("recalldesk")
def fit_to_start(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """The faults, where this is production; elsewhere, where secrets are made, few are any."""
    found = production_faults() if settings.IS_PRODUCTION else _faults_anywhere()
    return [_error(fault) for fault in found]
