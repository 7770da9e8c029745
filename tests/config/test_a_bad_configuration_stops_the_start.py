"""Each fault that must not go to production has its id, and stops the start."""

import importlib.util
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from recalldesk.config import checks
from recalldesk.config import settings as settings_module
from recalldesk.config.faults import ALL, Fault
from recalldesk.sealing.keys import new_key
from tests.ports import free_port

REPOSITORY = Path(__file__).parents[2]
GOOD = {
    "RECALLDESK_PROFILE": "production",
    "RECALLDESK_SECRET_KEY": "made-up-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "RECALLDESK_HOSTS": "recall.example",
    "RECALLDESK_EMAIL_URL": "smtp+tls://user:made-up@mail.example:587",
    "RECALLDESK_MAIL_FROM": "desk@recall.example",
    "RECALLDESK_SMS": "none",
    "RECALLDESK_SEALING_KEYS": f"one:{new_key()}",
    "RECALLDESK_LOOKUP_KEY": new_key(),
    "RECALLDESK_CLAMD": "unix:/run/clamav/clamd.ctl",
    "RECALLDESK_LOG_KEY": new_key(),
    "RECALLDESK_LOG_HEADS_TO": "audit@firm.example",
}

PROVIDER = {
    "RECALLDESK_OIDC_ISSUER": "https://login.example",
    "RECALLDESK_OIDC_CLIENT_ID": "recall-desk",
    "RECALLDESK_OIDC_CLIENT_SECRET": "made-up",
    "RECALLDESK_OIDC_NAME": "Example login",
}

BAD = [
    ("rd.E030", {"RECALLDESK_OIDC_ISSUER": "https://login.example"}),
    ("rd.E030", PROVIDER | {"RECALLDESK_OIDC_CLIENT_SECRET": ""}),
    ("rd.E030", PROVIDER | {"RECALLDESK_OIDC_NAME": ""}),
    ("rd.E031", PROVIDER | {"RECALLDESK_OIDC_ISSUER": "http://login.example"}),
    ("rd.E031", PROVIDER | {"RECALLDESK_OIDC_ISSUER": "login.example"}),
    ("rd.E001", {"RECALLDESK_SECRET_KEY": ""}),
    ("rd.E001", {"RECALLDESK_SECRET_KEY": "a" * 60}),
    ("rd.E002", {"RECALLDESK_DEBUG": "1"}),
    ("rd.E003", {"RECALLDESK_HOSTS": ""}),
    ("rd.E003", {"RECALLDESK_HOSTS": "*"}),
    ("rd.E003", {"RECALLDESK_HOSTS": "recall.example,."}),
    ("rd.E004", {"RECALLDESK_EMAIL_URL": ""}),
    ("rd.E004", {"RECALLDESK_MAIL_FROM": "desk"}),
    ("rd.E005", {"RECALLDESK_HOME": "/tmp/recalldesk"}),
    ("rd.E005", {"RECALLDESK_HOME": "/usr/../tmp/recalldesk"}),
    ("rd.E005", {"RECALLDESK_HOME": "/run/recalldesk"}),
    ("rd.E005", {"RECALLDESK_HOME": "/proc/recalldesk"}),
    ("rd.E006", {"RECALLDESK_SEALING_KEYS": ""}),
    ("rd.E006", {"RECALLDESK_SEALING_KEYS": "one:tooshort"}),
    ("rd.E006", {"RECALLDESK_LOOKUP_KEY": "no key"}),
    ("rd.E007", {"RECALLDESK_LOOKUP_KEY": GOOD["RECALLDESK_SEALING_KEYS"].partition(":")[2]}),
    ("rd.E008", {"RECALLDESK_TRUSTED_PROXIES": "proxy.example"}),
    ("rd.E008", {"RECALLDESK_TRUSTED_PROXIES": "127.0.0.1, 0.0.0.0/0"}),
    ("rd.E009", {"RECALLDESK_BEHIND_TLS_PROXY": "1"}),
    ("rd.E009", {"RECALLDESK_BEHIND_TLS_PROXY": "1", "RECALLDESK_TRUSTED_PROXIES": " , "}),
    ("rd.E020", {"RECALLDESK_CLAMD": ""}),
    ("rd.E021", {"RECALLDESK_CLAMD": "/run/clamav/clamd.ctl"}),
    ("rd.E021", {"RECALLDESK_CLAMD": "tcp:scanner"}),
    ("rd.E021", {"RECALLDESK_CLAMD": "tcp:scanner:99999"}),
    ("rd.E022", {"RECALLDESK_S3_BUCKET": "photos", "HIDDEN": "boto3"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "mail.example:587"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "smtp+tls://user:pass/word@mail.example"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "smtp://mail.example:many"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "anymail+nobody://?api_key=made-up"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "anymail+test://"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "anymail+postmark://made-up-token"}),
    ("rd.E010", {"RECALLDESK_EMAIL_URL": "anymail+postmark://?key=made-up"}),
    ("rd.E011", {"RECALLDESK_EMAIL_URL": "file:"}),
    ("rd.E012", {"RECALLDESK_SMS": ""}),
    ("rd.E012", {"RECALLDESK_SMS": "local"}),
    ("rd.E016", {"RECALLDESK_SMS": "twilio+http://AC:made-up@127.0.0.1:1?from=+12025550100"}),
    ("rd.E013", {"RECALLDESK_MAIL_WEBHOOK_SECRET": "made-up-and-without-a-colon-0123456789"}),
    ("rd.E013", {"RECALLDESK_MAIL_WEBHOOK_SECRET": "user:short"}),
    ("rd.E100", {"RECALLDESK_METRICS_TOKEN": "short"}),
    ("rd.E100", {"RECALLDESK_METRICS_TOKEN": "of two words, and long enough"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "recall.example"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "http://recall.example"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://recall.example/kettles"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://recall.example?from=letter"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://recall.example#top"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://user@recall.example"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://recall.example:99999"}),
    ("rd.E014", {"RECALLDESK_PUBLIC_ADDRESS": "https://recall.example\n"}),
    ("rd.E015", {"RECALLDESK_DESK_ADDRESS": "desk.example"}),
    ("rd.E015", {"RECALLDESK_DESK_ADDRESS": "http://desk.example"}),
    ("rd.E050", {"RECALLDESK_LOG_KEY": ""}),
    ("rd.E050", {"RECALLDESK_LOG_KEY": "bm8ga2V5"}),
    ("rd.E050", {"RECALLDESK_LOG_KEY": GOOD["RECALLDESK_LOOKUP_KEY"]}),
    ("rd.E050", {"RECALLDESK_LOG_KEY": GOOD["RECALLDESK_SEALING_KEYS"].partition(":")[2]}),
    ("rd.E051", {"RECALLDESK_LOG_HEADS_TO": " , "}),
    ("rd.E052", {"RECALLDESK_LOG_HEADS_TO": "audit@firm.example, nobody"}),
    ("rd.E052", {"RECALLDESK_RETIRED_LOG_KEYS": "no key"}),
    ("rd.E070", {"RECALLDESK_TREMENDOUS_ADDRESS": "http://api.tremendous.example"}),
    ("rd.E070", {"RECALLDESK_EASYPOST_ADDRESS": "api.easypost.example"}),
    ("rd.E071", {"RECALLDESK_EASYPOST_KEY": "made-up"}),
    ("rd.E071", {"RECALLDESK_EASYPOST_KEY": "made-up", "RECALLDESK_EASYPOST_SENDER": "Main St"}),
    ("rd.E072", {"RECALLDESK_TREMENDOUS_WEBHOOK_KEY": "short"}),
    ("rd.E072", {"RECALLDESK_EASYPOST_WEBHOOK_SECRET": "made-up-0123456789"}),
    ("rd.E060", {"RECALLDESK_REFUND_IBAN": "DE89370400440532013000"}),
    ("rd.E060", {"RECALLDESK_REFUND_HOLDER": "Firm", "RECALLDESK_REFUND_US_ROUTING": "1"}),
    ("rd.E080", {"RECALLDESK_HOME": "/mnt/home", "RECALLDESK_NOTICE_FOLDER": "/mnt/home/www"}),
    ("rd.E090", {"RECALLDESK_MATCHING_ENGINE": "spark", "HIDDEN": "pyspark"}),
    ("rd.E073", {"RECALLDESK_PHOTO_COPY_FOLDER": "/mnt/copies", "RECALLDESK_S3_BUCKET": "photos"}),
]

NOT_OF_FAULTS = frozenset({"DATABASES", "INSTALLED_APPS", "TEMPLATES", "STORAGES"})
"""Settings that no fault is about, and that a running program cannot change."""


def environment_of(home: Path, **changes: str) -> dict[str, str]:
    """A sound environment with changes."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RECALLDESK_", "DATABASE_"))}
    return kept | GOOD | {"RECALLDESK_HOME": str(home)} | changes


def faults(tmp_path: Path, **changes: str) -> list[str]:
    """The ids of the faults of a configuration."""
    found = [fault.id for fault in whole_faults(tmp_path, **changes)]
    # The folder of a test lies where nothing lasts; that fault is looked for by its own cases.
    expected_home = "RECALLDESK_HOME" not in changes
    return [f for f in found if not (expected_home and f == "rd.E005")]


def whole_faults(tmp_path: Path, **changes: str) -> list[Fault]:
    """The faults of a configuration, by the settings as the program makes them of it."""
    with pytest.MonkeyPatch.context() as patch:
        hidden, find = changes.pop("HIDDEN", None), importlib.util.find_spec
        patch.setattr(
            importlib.util, "find_spec", lambda name: None if name == hidden else find(name)
        )
        patch.setattr(os, "environ", environment_of(tmp_path / "home", **changes))
        made = runpy.run_path(str(Path(settings_module.__file__)))
        named = {k: v for k, v in made.items() if k.isupper() and k not in NOT_OF_FAULTS}
        with override_settings(**named):
            return checks.production_faults()


def test_the_program_finds_a_fault_at_its_start(tmp_path: Path) -> None:
    show = "from recalldesk.config import checks; print(*(f.id for f in checks.fit_to_start(None)))"
    found = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {show}"],
        env=environment_of(tmp_path / "home", RECALLDESK_LOG_KEY="")
        | {"DJANGO_SETTINGS_MODULE": "recalldesk.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(found.stdout.split()) == {"rd.E005", "rd.E050"}


def test_a_sound_configuration_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_a_provider_of_mail_with_its_settings_is_no_fault(tmp_path: Path) -> None:
    url = "anymail+postmark://?server_token=made%2Dup&"
    secret = "postmark:made-up-0123456789-abcdefghij"
    named = {"RECALLDESK_EMAIL_URL": url, "RECALLDESK_MAIL_WEBHOOK_SECRET": secret}
    assert faults(tmp_path, **named) == []


def test_a_proxy_that_is_named_is_no_fault(tmp_path: Path) -> None:
    named = {"RECALLDESK_BEHIND_TLS_PROXY": "1", "RECALLDESK_TRUSTED_PROXIES": "127.0.0.1"}
    assert faults(tmp_path, **named) == []


@pytest.mark.parametrize("scanner", ["none", "tcp:10.0.0.7:3310", "tcp:[::1]:3310"])
def test_a_scanner_that_is_named_or_openly_none_is_no_fault(tmp_path: Path, scanner: str) -> None:
    assert faults(tmp_path, RECALLDESK_CLAMD=scanner) == []


@pytest.mark.parametrize(
    "address", ["https://recall.example", "https://recall.example:8443/", "https://[2001:db8::1]"]
)
def test_an_address_of_a_site_is_no_fault(settings: Any, address: str) -> None:
    settings.IS_PRODUCTION = True
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"public_address": address})
    assert "rd.E014" not in {fault.id for fault in checks.production_faults()}


@pytest.mark.parametrize(("fault", "changes"), BAD)
def test_a_fault_is_named(tmp_path: Path, fault: str, changes: dict[str, str]) -> None:
    assert faults(tmp_path, **changes) == [fault]


def test_every_fault_is_tested() -> None:
    assert {fault for fault, _ in BAD} == {fault.id for fault in ALL}


def test_the_server_does_not_start_with_a_fault(tmp_path: Path) -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "recalldesk", "serve", "--port", str(free_port())],
        env=environment_of(tmp_path, RECALLDESK_HOSTS=""),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert tried.returncode == 1
    assert "rd.E003" in tried.stderr
    assert "Traceback" not in tried.stderr


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("workers", "none"),
        ("port", "99999"),
        ("port", "0"),
        ("port", "-1"),
        ("home", ""),
        ("free_checks", "0"),
        ("sms", "pigeon"),
        ("jobs_at_once", "0"),
        ("proved_checks_a_minute", "many"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, setting: str, value: str) -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "recalldesk", "serve"],
        env=os.environ
        | {"RECALLDESK_HOME": str(tmp_path), f"RECALLDESK_{setting.upper()}": value}
        | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        cwd=tmp_path,
        text=True,
        timeout=60,
        check=False,
    )
    assert tried.returncode == 1
    assert f"RECALLDESK_{setting.upper()}: " in tried.stderr
    assert "Value error" not in tried.stderr
    assert "Traceback" not in tried.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_a_folder_that_is_emptied_is_seen_through() -> None:
    with tempfile.TemporaryDirectory(dir=REPOSITORY) as folder:
        link = Path(folder) / "home"
        link.symlink_to("/dev/shm")
        assert "rd.E005" in faults(Path(folder), RECALLDESK_HOME=str(link / "recalldesk"))


def test_proxies_that_cannot_be_read_stop_a_demo_too(settings: Any) -> None:
    changes = {"trusted_proxies": "proxy.example"}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=changes)
    assert [found.id for found in checks.fit_to_start(None)] == ["rd.E008"]


@pytest.mark.parametrize(
    ("address", "faults"), [("http://127.0.0.1:8000", []), ("127.0.0.1:8000", ["rd.E014"])]
)
def test_a_demo_may_be_reached_over_plain_http(
    settings: Any, address: str, faults: list[str]
) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"public_address": address})
    assert [found.id for found in checks.fit_to_start(None)] == faults


def test_a_demo_is_not_held_to_it(settings: Any) -> None:
    settings.IS_PRODUCTION = False
    assert checks.fit_to_start(None) == []
