"""What is wrong with the records of a domain that sends mail, and what to add. Pure.

SPF: RFC 7208; DKIM: RFC 6376 and 8301; DMARC: RFC 7489; MX: RFC 5321 and 7505.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

MOST_LOOKUPS = 10
LEAST_BITS, GOOD_BITS = 1024, 2048
POLICIES = ("none", "quarantine", "reject")
ASKS = ("include:", "a", "mx", "ptr", "exists:", "redirect=")


class Weight(StrEnum):
    """How grave a finding is."""

    FINE = "fine"
    REMARK = "remark"
    FAULT = "fault"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """What was found of a domain. `record`: what to add or change, as a name server's file has
    it."""

    weight: Weight
    about: str
    said: str
    record: str = ""


def of_mail_servers(domain: str, servers: Sequence[str], *, has_address: bool) -> Finding:
    """Whether replies, and mail that comes back, arrive anywhere."""
    about, record = "MX", f"{domain}. MX 10 mail.{domain}."
    if list(servers) == ["."]:
        return Finding(
            Weight.FAULT, about, f"{domain} says that it takes no mail: replies are lost.", record
        )
    if servers:
        return Finding(Weight.FINE, about, f"Mail to {domain} goes to {', '.join(servers)}.")
    if has_address:
        said = f"{domain} names no mail server; mail goes to the machine of that name itself."
        return Finding(Weight.REMARK, about, said, record)
    said = f"Nobody takes mail for {domain}: replies, and mail that comes back, are lost."
    return Finding(Weight.FAULT, about, said, record)


def of_spf(domain: str, texts: Sequence[str], *, lookups: int) -> Finding:
    """Whether the domain says which servers may write in its name. `lookups`: questions that the
    record asks of whoever reads it, with all that it includes."""
    about, record = "SPF", f'{domain}. TXT "v=spf1 include:YOUR-PROVIDER ~all"'
    rows = spf_in(texts)
    if not rows:
        said = f"{domain} does not say which servers may write in its name."
        return Finding(Weight.FAULT, about, said, record)
    if len(rows) > 1:
        said = f"{domain} has {len(rows)} SPF records: with more than one, none counts."
        return Finding(Weight.FAULT, about, said, "Keep one that names all servers.")
    terms = rows[0].lower().split()[1:]
    if lookups > MOST_LOOKUPS:
        said = f"It takes {lookups} questions to read; readers stop after {MOST_LOOKUPS}."
        return Finding(Weight.FAULT, about, said, "Leave out what no longer sends.")
    if "+all" in terms or "all" in terms:
        said = "It ends in +all: everybody may write in your name."
        return Finding(Weight.FAULT, about, said, record)
    if not any(term in ("-all", "~all") or term.startswith("redirect=") for term in terms):
        said = "It does not end in ~all or -all: it forbids nobody to write in your name."
        return Finding(Weight.REMARK, about, said, record)
    return Finding(Weight.FINE, about, "It says which servers may write in your name.")


def of_dkim(domain: str, keys: Mapping[str, Sequence[str]]) -> Finding:
    """Whether readers can check the signature of a mail. `keys`: by selector, the texts there."""
    about = "DKIM"
    if not keys:
        return Finding(
            Weight.FAULT,
            about,
            f"Nothing says under which selector mail of {domain} is signed, so no key was looked "
            "for.",
            "Set RECALLDESK_DKIM_SELECTORS to what your mail server or provider names, as `s1`.",
        )
    judged = [_of_key(selector, domain, texts) for selector, texts in keys.items()]
    order = (Weight.FINE, Weight.REMARK, Weight.FAULT)
    return min(judged, key=lambda each: order.index(each.weight))


def of_dmarc(domain: str, at: str, texts: Sequence[str]) -> Finding:
    """Whether the domain says what becomes of mail that is not from it. `at`: where it was found,
    the domain itself or one above it."""
    about = "DMARC"
    record = f'_dmarc.{domain}. TXT "v=DMARC1; p=none; rua=mailto:postmaster@{domain}"'
    rows = dmarc_in(texts)
    if not rows:
        said = f"{domain} does not say what to do with mail that others write in its name."
        return Finding(Weight.FAULT, about, said, record)
    if len(rows) > 1:
        said = f"{at} has {len(rows)} DMARC records: with more than one, none counts."
        return Finding(Weight.FAULT, about, said, "Keep one.")
    tags = _tags(rows[0])
    policy = tags.get("p", "").lower()
    if at != domain:
        policy = tags.get("sp", policy).lower()
    if policy not in POLICIES:
        said = f"The record at {at} names no policy (p=none, p=quarantine or p=reject)."
        return Finding(Weight.FAULT, about, said, record)
    if policy == "none":
        said = "It asks for reports and forbids nothing (p=none): enough for mail to arrive."
        better = rows[0].replace("p=none", "p=quarantine")
        return Finding(Weight.REMARK, about, said, f'Later: _dmarc.{at}. TXT "{better}"')
    return Finding(Weight.FINE, about, f"Mail that others write in its name is met by {policy}.")


def spf_in(texts: Sequence[str]) -> list[str]:
    """Those that are SPF records."""
    return [each for each in texts if each.lower().split()[:1] == ["v=spf1"]]


def dmarc_in(texts: Sequence[str]) -> list[str]:
    """Those that are DMARC records."""
    return [each for each in texts if _tags(each).get("v", "").upper() == "DMARC1"]


def asks_in(record: str) -> list[str]:
    """The terms of an SPF record for which a reader must ask another question."""
    terms = [term.lower().lstrip("+-~?") for term in record.split()[1:]]
    return [term for term in terms if _is_a_question(term)]


def _is_a_question(term: str) -> bool:
    name = term.split("/", maxsplit=1)[0]
    return any(
        name.startswith(ask) if ask[-1] in ":=" else name.split(":")[0] == ask for ask in ASKS
    )


def _of_key(selector: str, domain: str, texts: Sequence[str]) -> Finding:
    about, name = "DKIM", f"{selector}._domainkey.{domain}"
    record = f'{name}. TXT "v=DKIM1; k=rsa; p=THE-PUBLIC-KEY-THAT-YOUR-SERVER-SHOWS"'
    tags = next((found for each in texts if "p" in (found := _tags(each))), None)
    if tags is None:
        said = f"There is no key at {name}: nobody can check who signed a mail."
        return Finding(Weight.FAULT, about, said, record)
    if not tags["p"]:
        return Finding(Weight.FAULT, about, f"The key at {name} was taken back.", record)
    if tags.get("k", "rsa").lower() != "rsa":
        said = f"The key at {name} is of a kind that many readers do not know yet."
        return Finding(Weight.REMARK, about, said, record)
    bits = _bits(tags["p"])
    if bits < LEAST_BITS:
        what = f"has {bits} bits, too few to count" if bits else "cannot be read"
        return Finding(Weight.FAULT, about, f"The key at {name} {what}.", record)
    if "y" in tags.get("t", "").lower().split(":"):
        said = f"The key at {name} says that it is only a test (t=y)."
        return Finding(Weight.REMARK, about, said, "Take t=y out.")
    if bits < GOOD_BITS:
        said = f"The key at {name} has {bits} bits; {GOOD_BITS} are usual."
        return Finding(Weight.REMARK, about, said, record)
    return Finding(Weight.FINE, about, f"The key at {name} can be read.")


def _bits(written: str) -> int:
    """Of an RSA key; none where it cannot be read."""
    try:
        key = load_der_public_key(base64.b64decode("".join(written.split()), validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return 0
    return key.key_size if isinstance(key, RSAPublicKey) else 0


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}
