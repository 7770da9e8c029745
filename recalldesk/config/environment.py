"""Every setting that can be given from outside, with its meaning and its default.

Guarantees: settings come from the environment (names start with RECALLDESK_, but DATABASE_URL) and
from nowhere else, but what connects a running demo's services (made_up_services.py);
docs/settings.md is written from this class and compared with it.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from recalldesk.config.profile import Profile
from recalldesk.config.setting_forms import PostgresUrl, TextUrl
from recalldesk.evidence.limits import UPLOADS_A_CLIENT, UPLOADS_A_CLIENT_A_MINUTE

THREADS = 16
"""Of a web process. Each waits for the database or a sender now and then, and may hold one
connection to the database.
"""
PREFIX = "RECALLDESK_"


def variable(field: str) -> str:
    """The variable of a field, as pydantic names it in an error; one with an alias is its own."""
    return field if field.isupper() else PREFIX + field.upper()


class Environment(BaseSettings):
    """The environment, read once at start."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    profile: Profile = Field(
        Profile.PRODUCTION,
        description="`production`, or `demo` / `test`, which make their own secrets in the data "
        "folder and are never for real owners.",
    )
    home: Path = Field(
        Path("var/recalldesk"),
        description="The folder for everything that is kept on disk: the embedded database, the "
        "index of serials, sealed photos, static files, and in `demo` the made-up secrets.",
    )
    database_url: PostgresUrl = Field(
        "",
        validation_alias="DATABASE_URL",
        description="`postgres://user:password@host/name` of a PostgreSQL server (15 or newer). "
        "Empty: the embedded server in `HOME/postgres`.",
    )
    embedded_user: str = Field(
        "",
        description="The unprivileged user under whom root runs the embedded server. Empty: "
        "`postgres` where there is such a user, else `nobody`.",
    )
    secret_key: str = Field(
        "", repr=False, description="Signs tokens. At least 50 random characters."
    )
    sealing_keys: str = Field(
        "",
        repr=False,
        description="The keys that seal personal data: `name:base64` of 32 bytes each, separated "
        "by commas, the newest first. `recalldesk keys new` prints one.",
    )
    lookup_key: str = Field(
        "",
        repr=False,
        description="The key (base64 of 32 bytes) under which sealed values are found again. "
        "Never change it once there are rows.",
    )
    log_key: str = Field(
        "",
        repr=False,
        description="The key (base64 of 32 bytes) that signs heads of [the log](log.md). "
        "`recalldesk keys new` prints one. Never keep it in the database or with its backups.",
    )
    retired_log_keys: str = Field(
        "",
        description="The public halves of log keys that signed before, as `recalldesk audit key` "
        "printed them, separated by commas: what they signed still counts.",
    )
    log_heads_to: str = Field(
        "",
        description="The addresses, separated by commas, to which the signed head of the log is "
        "mailed each day: best of people who cannot change the database.",
    )
    log_heads_folder: Path | None = Field(
        None,
        description="The folder into which the same heads are written, best on another machine. "
        "Unset in `demo` and `test`: `HOME/heads`. Production names it, or addresses, or both.",
    )
    journal_folder: Path | None = Field(
        None,
        description="The folder for the journal of gift codes and payment files that were handed "
        "out: it must outlive the database, so put it on another disk. Unset: `HOME/journal`.",
    )
    archive_folder: Path | None = Field(
        None,
        description="The folder, on another disk or machine, into which the embedded server copies "
        "every change within a minute ([operating](operating.md)). Unset: a restore brings back "
        "the last backup and nothing after it.",
    )
    backup_folder: Path | None = Field(
        None,
        description="The folder, on another disk or machine, in which `recalldesk backup` and "
        "`recalldesk upgrade` keep backups where they are told no other.",
    )
    backups_kept_days: int = Field(
        30,
        ge=1,
        description="How many days backups and archived changes are kept; the newest backup always "
        "stays. What an owner had erased is gone from all of them after so many days.",
    )
    matching_engine: Literal["duckdb", "spark"] = Field(
        "duckdb",
        description="What matches order files: `duckdb`, on this machine and with little memory, "
        "or `spark`, with `recalldesk[spark]` and Java installed ([matching](matching.md#spark)).",
    )
    order_files_kept_days: int = Field(
        365,
        ge=1,
        description="How many days a shop's order file is kept, sealed, so that it can be matched "
        "anew when a recall grows. Then it is erased; what was found in it stays "
        "([purchasers](purchasers.md)).",
    )
    notice_folder: Path | None = Field(
        None,
        description="The folder that a plain web server shows while everything else is stopped; a "
        "worker keeps it up to date ([serving](serving.md#while-everything-else-is-stopped)). "
        "With `{host}` in its name: one for each host name of the brands. Unset: none is written.",
    )
    hosts: str = Field(
        "",
        description="The host names under which this server answers, separated by commas, the "
        "main one first. Those of published recalls' brands and of the two addresses below are "
        "taken without being named.",
    )
    behind_tls_proxy: bool = Field(
        False,
        description="Whether a reverse proxy in front ends TLS and sets `X-Forwarded-Proto` "
        "itself. Only then is that header believed.",
    )
    trusted_proxies: str = Field(
        "",
        description="The addresses or networks of your own proxies, separated by commas "
        "(`127.0.0.1`, `10.1.0.0/16`). Only from these is `X-Forwarded-For` believed, from its "
        "right end on, as far as it names such proxies.",
    )
    free_checks: int = Field(
        20,
        ge=1,
        description="Checks in a row that one client (an IPv4 address, or an IPv6 /64) may make on "
        "one web process before a proof is asked; 16 times as many for an IPv6 /48 together.",
    )
    free_checks_a_minute: int = Field(
        3, ge=1, description="How many of them are given back in a minute."
    )
    proved_checks: int = Field(
        600,
        ge=1,
        description="Checks in a row, each with its proof of work, that one IPv4 address or IPv6 "
        "/48 may make on one web process before it is refused for a while.",
    )
    proved_checks_a_minute: int = Field(
        120, ge=1, description="How many of them are given back in a minute."
    )
    free_photos: int = Field(
        UPLOADS_A_CLIENT,
        ge=1,
        description="Photos in a row that one client may send, with claims and checks, to one web "
        "process; 16 times as many for an IPv6 /48 together.",
    )
    free_photos_a_minute: int = Field(
        UPLOADS_A_CLIENT_A_MINUTE, ge=1, description="How many of them are given back in a minute."
    )
    debug: bool = Field(False, description="Django's debug pages. Never in production.")
    public_address: str = Field(
        "",
        description="Where owners of brands without a host name of their own reach the pages, as "
        "`https://recall.example.com`: letters link there. Empty: the first of RECALLDESK_HOSTS; "
        "in `demo` and `test`, where it holds for all brands, this machine's port.",
    )
    desk_address: str = Field(
        "",
        description="Where the desk is, as `https://desk.example.com`: it is at no other host, and "
        "mails to staff lead there. Empty: at every host; mails lead to "
        "RECALLDESK_PUBLIC_ADDRESS, else to the first of RECALLDESK_HOSTS.",
    )
    email_url: str = Field(
        "",
        repr=False,
        description="How mail leaves: `smtp+tls://user:password@host:587`, `smtps://…`, `smtp://…` "
        "or `anymail+provider://?setting=value` ([mail](mail.md)). Empty in `demo` and `test`: "
        "`file:`, the folder `HOME/mail`.",
    )
    mail_from: str = Field(
        "",
        description="The address from which the desk itself writes. What belongs to a recall comes "
        "from the `sender` of its brand.",
    )
    mail_webhook_secret: str = Field(
        "",
        repr=False,
        description="`user:password` with which a mail provider tells of mail that came back. "
        "Empty: nobody may.",
    )
    tremendous_key: str = Field(
        "",
        repr=False,
        description="The API key of [Tremendous](remedies.md), by whom gift cards are mailed. "
        "Empty: it is not asked.",
    )
    tremendous_address: str = Field(
        "https://api.tremendous.com/api/v2",
        description="Where Tremendous is asked; `https://testflight.tremendous.com/api/v2` is its "
        "sandbox.",
    )
    tremendous_funding: str = Field(
        "balance", description="The funding source, by its id at Tremendous, that pays the cards."
    )
    tremendous_webhook_key: str = Field(
        "",
        repr=False,
        description="The private key that Tremendous shows for its webhook. Empty: no news are "
        "taken, orders are read every few hours.",
    )
    easypost_key: str = Field(
        "",
        repr=False,
        description="The API key of [EasyPost](remedies.md), of whom labels for replacements are "
        "bought. Empty: it is not asked.",
    )
    easypost_address: str = Field(
        "https://api.easypost.com", description="Where EasyPost is asked."
    )
    easypost_sender: str = Field(
        "",
        description="The warehouse's address, as it is kept at EasyPost: its id, `adr_…`.",
    )
    easypost_webhook_secret: str = Field(
        "",
        repr=False,
        description="The secret that was given to EasyPost with its webhook. Empty: no news are "
        "taken, shipments are read every few hours.",
    )
    sms: TextUrl = Field(
        "",
        repr=False,
        description="How text messages leave: `none` (a phone number is only ever called by a "
        "person); `twilio://SID:TOKEN@api.twilio.com?from=+12025550100`, a gateway that speaks "
        "Twilio's interface ([mail](mail.md#text-messages)); or, in `demo` and `test` only, "
        "`local`, the folder `HOME/sms`. Production names one; elsewhere empty is `local`.",
    )
    dkim_selectors: str = Field(
        "",
        description="The selectors under which your mail server or provider signs mail (DKIM), "
        "separated by commas, for `recalldesk mail check`.",
    )
    name_servers: str = Field(
        "",
        description="The name servers that `recalldesk mail check` asks, as `9.9.9.9` or "
        "`127.0.0.1:5353`, separated by commas. Empty: those of this machine.",
    )
    jobs_at_once: int = Field(
        2,
        ge=1,
        le=16,
        description="Jobs that one worker (`recalldesk work`, or the one of `recalldesk serve`) "
        "does at once; beside them it reads one photo and sends one notice at a time. It opens up "
        "to twice as many connections to the database, and twelve more.",
    )
    desk_morning: str = Field(
        "07:00",
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="When the desk is mailed each day which promises break next, in UTC.",
    )
    clamd: str = Field(
        "",
        description="The virus scanner for photos: `unix:/run/clamav/clamd.ctl`, `tcp:host:3310`, "
        "or `none` where there is none, which production must say itself.",
    )
    most_waiting_photos: int = Field(
        2_000,
        ge=1,
        description="Photos that may wait for their jobs; above it owners are told to try again in "
        "a minute.",
    )
    s3_bucket: str = Field(
        "",
        description="The bucket for sealed photos, with `recalldesk[s3]` installed; its keys come "
        "from the usual AWS variables. Empty: the folder `HOME/photos`.",
    )
    photo_copy_folder: Path | None = Field(
        None,
        description="The folder, on another disk or machine, into which each sealed photo of "
        "`HOME/photos` is copied as it arrives ([operating](operating.md)). Not with a bucket.",
    )
    s3_endpoint: str = Field(
        "", description="The address of an S3 that is not Amazon's, as `https://s3.example`."
    )
    s3_region: str = Field("", description="The bucket's region, where its S3 has regions.")
    oidc_issuer: str = Field(
        "",
        description="The firm's own OpenID provider, with which staff may sign in: its issuer, as "
        "`https://login.example.com` ([the desk](desk.md)). Empty: there is none.",
    )
    oidc_client_id: str = Field("", description="The name under which the provider knows the desk.")
    oidc_client_secret: str = Field(
        "", repr=False, description="The secret that the provider gave the desk."
    )
    oidc_name: str = Field(
        "", description="What staff call the provider; it stands on the button, as `Example login`."
    )
    oidc_proves_second_factor: bool = Field(
        False,
        description="Whether the provider itself asks everybody for a second factor. Only then the "
        "desk asks for none of its own after such a sign-in.",
    )
    files_ready_at: str = Field(
        "05:00",
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="When files for warehouse and bank freeze each day, in UTC; the desk may "
        "freeze one before ([files](remedy-files.md)).",
    )
    sender_lines: str = Field(
        "",
        description="Who sends, on the labels of parcels: lines separated by `|`, as "
        "`Example Ltd | 1 Main Street | Springfield`.",
    )
    refund_holder: str = Field(
        "",
        description="The holder of the firm's account from which refunds are paid. Empty: no "
        "refunds by file.",
    )
    refund_iban: str = Field(
        "",
        repr=False,
        description="That account's IBAN, for transfers to IBANs (ISO 20022). Empty: none are "
        "made.",
    )
    refund_bic: str = Field("", description="That bank's BIC, where the bank asks for it.")
    refund_us_routing: str = Field(
        "",
        description="The routing number of the firm's US bank, for transfers to US accounts "
        "(NACHA). Empty: none are made.",
    )
    refund_us_company: str = Field(
        "",
        repr=False,
        description="The firm's number at that bank, at most ten characters: mostly a 1 and its "
        "tax number.",
    )
    refund_us_bank: str = Field("", description="That bank's name.")
    refund_checks: bool = Field(False, description="Whether refunds may be paid by checks.")
    refund_files: Literal["standard", "csv"] = Field(
        "standard",
        description="In what form the bank takes transfers: `standard`, ISO 20022 and NACHA; or "
        "`csv`, a table.",
    )
    metrics_token: str = Field(
        "",
        repr=False,
        description="The token with which Prometheus asks for `/metrics`, at least 24 characters "
        "([monitoring](guide/monitoring.md)). Empty: there is no such page.",
    )
    pseudo_languages: bool = Field(
        False,
        description="Offer the two pseudo-languages (`en-xa`, `ar-xb`) that show untranslated "
        "text and right-to-left layout. For tests and translators.",
    )
    port: int = Field(
        8000, ge=1, le=65535, description="The port of `recalldesk serve`, on 127.0.0.1."
    )
    workers: int = Field(
        2,
        ge=1,
        description="Web processes of `recalldesk serve`. Each opens up to "
        f"{THREADS + 2} connections to the database; all together must stay below its "
        "`max_connections` (100 for the embedded server).",
    )

    @field_validator(
        *("home", "log_heads_folder", "archive_folder", "backup_folder", "photo_copy_folder"),
        "notice_folder",
        mode="before",
    )
    @classmethod
    def _is_named(cls, home: object) -> object:
        if home is not None and not str(home).strip():
            raise ValueError("must name a folder, or be left unset")
        return home
