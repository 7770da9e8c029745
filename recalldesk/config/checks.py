"""What must not go to production, each with an id and a hint. A finding stops the start.

Guarantee: every one of `faults.ALL` is tested.
"""

import base64
import binascii
import importlib.util
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Any

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
from recalldesk.config import faults
from recalldesk.config.faults import Fault
from recalldesk.config.home import prepare_home
from recalldesk.evidence.scanners.addresses import ScannerAddressUnreadable, scanner_address
from recalldesk.mailing import mail_url
from recalldesk.mailing.text_url import LOCAL, gateway_in
from recalldesk.matching.engines.choice import missing_of
from recalldesk.remedies.providers.refund.account import firm_account, is_unusable
from recalldesk.sealing.keys import KEY_BYTES, KeyRing, SealingError

LEAST_SECRET = 50
LEAST_WEBHOOK_SECRET = 24
LEAST_WEBHOOK_KEY = 16
"""Of one that the provider made."""
EMPTIED = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - named to be refused
"""Folders that do not outlast a restart."""


ADDRESS = re.compile(r"(https?)://(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?/?", re.IGNORECASE)
"""A site: its scheme and port. One slash at the end changes nothing."""


def _error(fault: Fault) -> Error:
    return Error(fault.message, hint=fault.hint, id=fault.id)


def _missing_of_mail() -> list[Fault]:
    """What production lacks to send mail, one line for each variable."""
    environment, found = settings.ENVIRONMENT, list[Fault]()
    if not environment.email_url.strip():
        hint = "Set it as `smtp+tls://user:password@host:587`; docs/mail.md shows every form."
        found.append(Fault(faults.MAIL.id, "RECALLDESK_EMAIL_URL is missing.", hint))
    written = environment.mail_from.strip()
    if not all(parseaddr(written)[1].rpartition("@")):
        wrong = "RECALLDESK_MAIL_FROM is " + ("no mail address." if written else "missing.")
        hint = "Set it to the desk's address, as `desk@recall.example.com`."
        found.append(Fault(faults.MAIL.id, wrong, hint))
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
        return [faults.MAIL_UNREADABLE._replace(message=error.message)]
    except ImportError:
        return [
            faults.MAIL_UNREADABLE._replace(message=_of_provider("a library that is not installed"))
        ]
    except ImproperlyConfigured as error:
        prefix = settings.MAIL_PROVIDER.upper()
        lacking = re.search(rf"'{prefix}_([A-Z_]+)': \.\.\.", str(error))
        what = f"`{lacking[1].lower()}=…`" if lacking else "a setting that is missing"
        return [faults.MAIL_UNREADABLE._replace(message=_of_provider(what))]
    except (ValueError, TypeError):
        return [faults.MAIL_UNREADABLE]
    return []


def _of_provider(what: str) -> str:
    return f"RECALLDESK_EMAIL_URL names {settings.MAIL_PROVIDER}, which needs {what}."


def _address_faults() -> list[Fault]:
    """What is wrong in any profile, and plain HTTP in production."""
    addresses = {
        faults.PUBLIC_ADDRESS: settings.ENVIRONMENT.public_address,
        faults.DESK_ADDRESS: settings.ENVIRONMENT.desk_address,
    }
    return [fault for fault, address in addresses.items() if address and not _is_site(address)]


def _is_site(address: str) -> bool:
    site = ADDRESS.fullmatch(address)
    return bool(
        site
        and int(site[2] or 443) in range(1, 65_536)
        and (site[1].lower() == "https" or not settings.IS_PRODUCTION)
    )


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
    found = [faults.PROVIDER_HALF_SET] if any(parts) and not all(parts) else []
    schemes = ("https://",) if settings.IS_PRODUCTION else ("https://", "http://")
    return found + ([faults.PROVIDER_ADDRESS] if issuer and not issuer.startswith(schemes) else [])


def _webhook_faults() -> list[Fault]:
    secret = settings.ENVIRONMENT.mail_webhook_secret
    user, _, password = secret.partition(":")
    if secret and not (user and len(password) >= LEAST_WEBHOOK_SECRET and secret.isascii()):
        return [faults.WEBHOOK_SECRET]
    return []


def _watching_faults() -> list[Fault]:
    token = settings.ENVIRONMENT.metrics_token
    fits = len(token) >= LEAST_WEBHOOK_SECRET and token.isascii() and token.split() == [token]
    return [faults.METRICS_TOKEN] if token and not fits else []


def _remedy_faults() -> list[Fault]:
    """What is wrong in any profile, and plain HTTP in production."""
    found = list[Fault]()
    schemes = ("https://",) if settings.IS_PRODUCTION else ("https://", "http://")
    addresses = (settings.TREMENDOUS_ADDRESS, settings.EASYPOST_ADDRESS)
    if not all(address.startswith(schemes) for address in addresses):
        found.append(faults.PROVIDER_OF_REMEDIES)
    if settings.EASYPOST_KEY and not settings.EASYPOST_SENDER.startswith("adr_"):
        found.append(faults.EASYPOST_SENDER)
    if 0 < len(settings.TREMENDOUS_WEBHOOK_KEY) < LEAST_WEBHOOK_KEY or (
        0 < len(settings.EASYPOST_WEBHOOK_SECRET) < LEAST_WEBHOOK_SECRET
    ):
        found.append(faults.REMEDY_WEBHOOK)
    return found


def _refund_faults() -> list[Fault]:
    """What is wrong in any profile: it would be seen at the bank first."""
    return [faults.REFUND_ACCOUNT] if is_unusable(firm_account()) else []


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
        return [faults.SEALING]
    if lookup is None:
        return [faults.SEALING]
    return [faults.SAME_KEY] if lookup in ring.keys.values() else []


def _log_key_faults() -> list[Fault]:
    try:
        key = key_in(settings.LOG_KEY, variable="RECALLDESK_LOG_KEY")
    except LogKeyUnusable:
        return [faults.LOG_KEY]
    others = {_lookup_key()}
    with suppress(SealingError):
        others |= {*KeyRing.from_text(settings.SEALING_KEYS).keys.values()}
    return [faults.LOG_KEY] if key in others else []


def _log_faults() -> list[Fault]:
    """What is wrong in any profile: it would fail at the first head."""
    try:
        known_keys(signing="", retired=settings.RETIRED_LOG_KEYS)
        for address in recipients():
            validate_email(address)
    except (LogKeyUnusable, ValidationError):
        return [faults.LOG_UNREADABLE]
    return []


def _proxy_faults() -> list[Fault]:
    """What is wrong in any profile: unreadable, it would fail at the first check."""
    try:
        networks(settings.ENVIRONMENT.trusted_proxies)
    except ProxiesUnreadable:
        return [faults.PROXIES]
    return []


def _photo_faults() -> list[Fault]:
    """What is wrong in any profile: it would fail at the first photo."""
    found: list[Fault] = []
    if settings.CLAMD:
        try:
            scanner_address(settings.CLAMD)
        except ScannerAddressUnreadable:
            found.append(faults.SCANNER)
    if settings.ENVIRONMENT.s3_bucket and importlib.util.find_spec("boto3") is None:
        found.append(faults.NO_BOTO)
    copies = settings.ENVIRONMENT.photo_copy_folder
    if copies is not None:
        is_inside = copies.absolute().resolve().is_relative_to(settings.HOME.resolve())
        if is_inside or settings.ENVIRONMENT.s3_bucket:
            found.append(faults.PHOTO_COPIES)
    return found


def _notice_faults() -> list[Fault]:
    """What is wrong in any profile: pages that no web server can read."""
    folder = settings.NOTICE_FOLDER
    if folder is not None and folder.resolve().is_relative_to(settings.HOME.resolve()):
        return [faults.NOTICE_FOLDER]
    return []


def _matching_faults() -> list[Fault]:
    """What is wrong in any profile: it would fail at the first order file."""
    missing = missing_of(settings.MATCHING_ENGINE)
    if missing is None:
        return []
    what, hint = missing
    return [Fault(faults.NO_SPARK.id, f"RECALLDESK_MATCHING_ENGINE is spark. {what}", hint)]


def _proxies_are_missing() -> bool:
    environment = settings.ENVIRONMENT
    return environment.behind_tls_proxy and not environment.trusted_proxies.strip(", ")


def production_faults() -> list[Fault]:
    """All faults that production must not have. Where there is one, no folder is made."""
    missing = _missing_folders(settings.HOME)
    found = _found_in_production()
    if found:
        _take_away(missing)
    return found


def _missing_folders(home: Path) -> list[Path]:
    """The data folder and those above it that are not there, the innermost first."""
    return [each for each in (home, *home.parents) if not os.path.lexists(each)]


def _take_away(made: Sequence[Path]) -> None:
    """What was made only to see whether it can be."""
    with suppress(OSError):
        for folder in made:
            folder.rmdir()


def _found_in_production() -> list[Fault]:
    found: list[Fault] = []
    if len(settings.SECRET_KEY) < LEAST_SECRET or len(set(settings.SECRET_KEY)) < 10:
        found.append(faults.SECRET_KEY)
    if settings.DEBUG:
        found.append(faults.DEBUG)
    if not settings.ALLOWED_HOSTS or _accepts_every_name():
        found.append(faults.HOSTS)
    found += _missing_of_mail()
    if _storage_is_unfit():
        found.append(faults.STORAGE)
    if _proxies_are_missing():
        found.append(faults.NO_PROXY)
    if not settings.CLAMD:
        found.append(faults.NO_SCANNER)
    if settings.EMAIL_BACKEND == mail_url.FOLDER:
        found.append(faults.MAIL_TO_FOLDER)
    if settings.SMS in ("", LOCAL) or not settings.ENVIRONMENT.sms:
        found.append(faults.TEXTS)
    elif (gateway := gateway_in(settings.SMS)) is not None and gateway.is_plain:
        found.append(faults.TEXTS_IN_CLEAR)
    if not recipients() and settings.LOG_HEADS_FOLDER is None:
        found.append(faults.LOG_HEADS)
    return found + _key_faults() + _log_key_faults() + _faults_anywhere()


def _faults_anywhere() -> list[Fault]:
    return (
        _proxy_faults()
        + _mail_faults()
        + _webhook_faults()
        + _watching_faults()
        + _photo_faults()
        + _address_faults()
        + _provider_faults()
        + _log_faults()
        + _remedy_faults()
        + _refund_faults()
        + _notice_faults()
        + _matching_faults()
    )


@register("recalldesk")
def fit_to_start(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """The faults, where this is production; elsewhere, where secrets are made, few are any."""
    found = production_faults() if settings.IS_PRODUCTION else _faults_anywhere()
    return [_error(fault) for fault in found]
