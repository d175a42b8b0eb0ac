"""Keys and certificates made for the tests; nobody else trusts them."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "Кобзар 1840"


@cache
def pair(name: str) -> tuple[Any, Any]:
    """A key and the certificate that it has issued to itself, good for ten years from 2026."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name),
                         x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ministry of Aland")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, key_encipherment=False,
                          data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
                          encipher_only=False, decipher_only=False)
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=3650)).add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    return key, builder.sign(key, hashes.SHA256())


def written(folder: Path, name: str = "Cyber desk") -> tuple[Path, Path]:
    """Write key and certificate as PEM; return their paths."""
    key, certificate = pair(name)
    stem = name.replace(" ", "-").lower()
    paths = folder / f"{stem}.key", folder / f"{stem}.pem"
    paths[0].write_bytes(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()))
    paths[1].write_bytes(certificate.public_bytes(form.Encoding.PEM))
    return paths


def locked(folder: Path, name: str = "Cyber desk") -> Path:
    """Write both as one PKCS #12 file under the passphrase; return its path."""
    key, certificate = pair(name)
    path = folder / "desk.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(
        b"desk", key, certificate, None, form.BestAvailableEncryption(PASSPHRASE.encode())))
    return path
