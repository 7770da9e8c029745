"""The faults of a configuration, each with an id and a hint; docs/settings.md lists them."""

from typing import NamedTuple


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
    "Name a gateway as `twilio://SID:TOKEN@api.twilio.com?from=+12025550100`; or set it to `none`: "
    "a phone number is then only ever called, by a person.",
)
TEXTS_IN_CLEAR = Fault(
    "rd.E016",
    "RECALLDESK_SMS names a gateway without TLS: whoever is on the line could read along, and send "
    "in the firm's name.",
    "Write `twilio:` in place of `twilio+http:`.",
)
WEBHOOK_SECRET = Fault(
    "rd.E013",
    "RECALLDESK_MAIL_WEBHOOK_SECRET is no `user:password`, or too short.",
    "Write a user, a colon and at least 24 random characters, in ASCII; or leave it unset.",
)
METRICS_TOKEN = Fault(
    "rd.E100",
    "RECALLDESK_METRICS_TOKEN is too short, or holds what a header cannot.",
    "Write at least 24 random letters and digits: "
    '`python3 -c "import secrets; print(secrets.token_urlsafe(32))"`; or leave it unset.',
)
PUBLIC_ADDRESS = Fault(
    "rd.E014",
    "RECALLDESK_PUBLIC_ADDRESS is no `https://host`: owners could not follow the links of letters.",
    "Write `https://recall.example.com`, with `:port` if need be and nothing behind it; outside "
    "production `http://` is taken, too. Or leave it unset.",
)
DESK_ADDRESS = Fault(
    "rd.E015",
    "RECALLDESK_DESK_ADDRESS is no `https://host`: nobody would find the desk.",
    "Write `https://desk.example.com`, with `:port` if need be and nothing behind it; outside "
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
PROVIDER_OF_REMEDIES = Fault(
    "rd.E070",
    "RECALLDESK_TREMENDOUS_ADDRESS or RECALLDESK_EASYPOST_ADDRESS is no `https://` address: "
    "whoever is on the line could order with the firm's key.",
    "Leave it unset, or write the address of the provider's sandbox; outside production `http://` "
    "is taken, too.",
)
EASYPOST_SENDER = Fault(
    "rd.E071",
    "RECALLDESK_EASYPOST_KEY is set, and RECALLDESK_EASYPOST_SENDER is no `adr_…`: no parcel could "
    "be sent.",
    "Keep the warehouse's address at EasyPost, and write its id.",
)
REMEDY_WEBHOOK = Fault(
    "rd.E072",
    "RECALLDESK_TREMENDOUS_WEBHOOK_KEY or RECALLDESK_EASYPOST_WEBHOOK_SECRET is too short.",
    "For EasyPost write at least 24 random characters, for Tremendous the key that it shows; or "
    "leave it unset.",
)
REFUND_ACCOUNT = Fault(
    "rd.E060",
    "Of RECALLDESK_REFUND_… a number is wrong, or one is set and its partner is not: refunds would "
    "be listed and never paid.",
    "Set _HOLDER with _IBAN, with _US_ROUTING and _US_COMPANY (at most ten characters), or with "
    "_CHECKS; copy the numbers from the bank's own papers.",
)
PHOTO_COPIES = Fault(
    "rd.E073",
    "RECALLDESK_PHOTO_COPY_FOLDER lies in the data folder, or a bucket is set beside it.",
    "Name a folder on another disk; a bucket keeps its own versions instead.",
)
NOTICE_FOLDER = Fault(
    "rd.E080",
    "RECALLDESK_NOTICE_FOLDER lies in the data folder, which no web server may read.",
    "Name a folder beside it, as /var/www/recall; it is replaced as a whole.",
)
NO_SPARK = Fault(
    "rd.E090",
    "RECALLDESK_MATCHING_ENGINE is spark, and pyspark or Java is not installed.",
    "Install both: `pip install 'recalldesk[spark]'` and Java 17 or newer, Debian's "
    "`default-jre-headless`; or leave the setting out.",
)
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
    TEXTS_IN_CLEAR,
    WEBHOOK_SECRET,
    METRICS_TOKEN,
    PUBLIC_ADDRESS,
    DESK_ADDRESS,
    PROVIDER_HALF_SET,
    PROVIDER_ADDRESS,
    LOG_KEY,
    LOG_HEADS,
    LOG_UNREADABLE,
    PROVIDER_OF_REMEDIES,
    EASYPOST_SENDER,
    REMEDY_WEBHOOK,
    REFUND_ACCOUNT,
    PHOTO_COPIES,
    NOTICE_FOLDER,
    NO_SPARK,
)
