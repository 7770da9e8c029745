"""Certificates that nobody but a test trusts: made for it, and signed by themselves."""

import datetime
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CHAIN, KEY = "chain.pem", "key.pem"


def write_certificate(folder: Path, *names: str, days: float = 60) -> None:
    """`chain.pem` and `key.pem`, for these host names, good from yesterday for so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), False)
    )
    pem = serialization.Encoding.PEM
    (folder / CHAIN).write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (folder / KEY).write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def trusting(folder: Path) -> ssl.SSLContext:
    """A client's context that trusts this certificate, and looks at the name in it."""
    return ssl.create_default_context(cafile=str(folder / CHAIN))
