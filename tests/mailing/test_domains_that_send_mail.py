"""The records of a domain that sends mail: what is missing or wrong is said, with what to add."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recalldesk.mailing.domains.asking import NameServerUnreadable, Records
from recalldesk.mailing.domains.checking import check_domain
from recalldesk.mailing.domains.rules import Finding, Weight
from recalldesk.recalls.models import RecallVersion
from tests.cast import Command
from tests.dns_server import Zone, dns_server

DOMAIN, SELECTOR = "recall.example", "s1"
FINE, REMARK, FAULT, UNKNOWN = Weight.FINE, Weight.REMARK, Weight.FAULT, Weight.UNKNOWN


def key_of(bits: int) -> str:
    public = rsa.generate_private_key(65_537, bits).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


GOOD_KEY = key_of(2048)


def furnish(zone: Zone, domain: str = DOMAIN) -> None:
    """All that mail needs."""
    zone.records[domain, "MX"] = [f"10 mx.{domain}."]
    zone.text(domain, "some-other=text", "v=spf1 mx include:spf.provider.example -all")
    zone.text("spf.provider.example", "v=spf1 ip4:192.0.2.0/24 ~all")
    zone.text(f"{SELECTOR}._domainkey.{domain}", GOOD_KEY)
    zone.text(f"_dmarc.{domain}", "v=DMARC1; p=reject; rua=mailto:reports@recall.example")


@pytest.fixture
def server() -> Iterator[tuple[str, Zone]]:
    with dns_server() as (address, zone):
        furnish(zone)
        yield address, zone


def found(server: tuple[str, Zone], domain: str = DOMAIN) -> dict[str, Finding]:
    records = Records([server[0]], seconds=2)
    return {
        each.about: each for each in check_domain(domain, selectors=[SELECTOR], records=records)
    }


def test_a_domain_that_has_all_is_fine(server: tuple[str, Zone]) -> None:
    assert {name: each.weight for name, each in found(server).items()} == {
        "MX": FINE,
        "SPF": FINE,
        "DKIM": FINE,
        "DMARC": FINE,
    }


def test_a_domain_that_has_nothing_is_told_what_to_add(server: tuple[str, Zone]) -> None:
    findings = found(server, "nothing.example")
    assert {each.weight for each in findings.values()} == {FAULT}
    assert findings["SPF"].record.startswith('nothing.example. TXT "v=spf1 ')
    assert findings["DKIM"].record.startswith("s1._domainkey.nothing.example. TXT ")
    assert findings["DMARC"].record.startswith('_dmarc.nothing.example. TXT "v=DMARC1;')
    assert findings["MX"].record == "nothing.example. MX 10 mail.nothing.example."


@pytest.mark.parametrize(
    ("texts", "weight"),
    [
        (["v=spf1 -all", "v=spf1 mx ~all"], FAULT),
        (["v=spf1 +all"], FAULT),
        (["v=spf1 mx"], REMARK),
        (["v=spf1 mx ?all"], REMARK),
        (["v=spf1 redirect=spf.provider.example"], FINE),
        (["v=spf10 -all"], FAULT),
        (["V=SPF1 A MX ~ALL"], FINE),
        (["v=spf1 " + " ".join(f"a:m{n}.example" for n in range(11)) + " -all"], FAULT),
        (["v=spf1 include:recall.example -all"], FAULT),
    ],
)
def test_spf(server: tuple[str, Zone], texts: list[str], weight: Weight) -> None:
    server[1].text(DOMAIN, *texts)
    assert found(server)["SPF"].weight is weight


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        (key_of(1024), REMARK),
        (GOOD_KEY + "; t=y", REMARK),
        ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", REMARK),
        ("v=DKIM1; p=", FAULT),
        ("v=DKIM1; p=bm8ga2V5", FAULT),
        ("no key at all", FAULT),
    ],
)
def test_dkim(server: tuple[str, Zone], text: str, weight: Weight) -> None:
    server[1].text(f"{SELECTOR}._domainkey.{DOMAIN}", text)
    assert found(server)["DKIM"].weight is weight


def test_without_a_selector_no_key_can_be_looked_for(server: tuple[str, Zone]) -> None:
    records = Records([server[0]], seconds=2)
    findings = check_domain(DOMAIN, selectors=(), records=records)
    (dkim,) = [each for each in findings if each.about == "DKIM"]
    assert dkim.weight is FAULT
    assert "RECALLDESK_DKIM_SELECTORS" in dkim.record


@pytest.mark.parametrize(
    ("texts", "weight"),
    [
        (["v=DMARC1; p=none"], REMARK),
        (["v=DMARC1; p=quarantine", "v=DMARC1; p=none"], FAULT),
        (["v=DMARC1"], FAULT),
        (["v=DMARC1; p=perhaps"], FAULT),
    ],
)
def test_dmarc(server: tuple[str, Zone], texts: list[str], weight: Weight) -> None:
    server[1].text(f"_dmarc.{DOMAIN}", *texts)
    assert found(server)["DMARC"].weight is weight


def test_a_domain_above_it_may_say_it_for_it(server: tuple[str, Zone]) -> None:
    server[1].text(f"_dmarc.{DOMAIN}", "v=DMARC1; p=reject; sp=none")
    assert found(server, f"mail.{DOMAIN}")["DMARC"].weight is REMARK


def test_a_domain_that_takes_no_mail_loses_replies(server: tuple[str, Zone]) -> None:
    server[1].records[DOMAIN, "MX"] = ["0 ."]
    assert found(server)["MX"].weight is FAULT
    del server[1].records[DOMAIN, "MX"]
    server[1].records[DOMAIN, "A"] = ["192.0.2.1"]
    assert found(server)["MX"].weight is REMARK


def test_that_nobody_could_be_asked_is_no_fault_of_the_domain(server: tuple[str, Zone]) -> None:
    server[1].is_broken = True
    assert {each.weight for each in found(server).values()} == {UNKNOWN}


@pytest.mark.parametrize("written", ["nowhere", "1.2.3", "127.0.0.1:x", "[::1"])
def test_a_name_server_that_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(NameServerUnreadable):
        Records([written])


def test_the_command_says_it_domain_by_domain(
    command: Command, published_recall: RecallVersion, settings: Any
) -> None:
    with dns_server() as (address, zone):
        settings.MAIL_FROM = "desk@desk.example"
        settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
            update={"name_servers": address, "dkim_selectors": SELECTOR}
        )
        for domain in ("desk.example", "example.com"):
            furnish(zone, domain)
        well = command("mail", "check")
        zone.text("_dmarc.example.com", "v=DMARC1")
        badly = command("mail", "check", published_recall.recall.slug)
        zone.is_broken = True
        unknown = command("mail", "check")
    assert (well.code, badly.code, unknown.code) == (0, 1, 1), well.out
    assert "desk.example  (the desk)" in well.out
    assert "FAULT   DMARC" in badly.out
    assert "could be asked" in unknown.out
