"""What a console says of certificates: the site's own authority is trusted, everything else is named and refused."""

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.contract.gateway_parts import sign_in
from tests.contract.gateway_world import World, opened, served
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site, reason_of
from workstation.domain.errors import InvalidValue, Unavailable
from workstation.gateway.server import Address

NOW = dt.datetime.now(dt.UTC)
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority of one site, made for a test."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def write(self, file: Path) -> Path:
        file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return file


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begin(
    subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, valid: tuple[dt.datetime, dt.datetime]
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
    )


def authority(name: str = "Site CA") -> Authority:
    """Make an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _begin(name, name, key, (NOW - YEAR * 2, NOW + YEAR))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, certificate)


def certified(
    signer: Authority,
    folder: Path,
    *,
    host: str = "127.0.0.1",
    valid: tuple[dt.datetime, dt.datetime] = (NOW - YEAR, NOW + YEAR),
) -> Address:
    """Make a server's certificate and return an address that uses it."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = signer.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    certificate = (
        _begin("gateway", str(issuer), key, valid)
        .add_extension(names, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False)
        .sign(signer.key, hashes.SHA256())
    )
    (folder / "server.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return Address(port=0, tls_cert=folder / "server.pem", tls_key=folder / "server.key")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Open a gateway; each test serves it with a certificate of its own."""
    with opened("local", tmp_path) as made:
        yield made


def _refused(world: World, address: Address, ca: Path | str) -> str:
    """Ask once and return the code of the refusal."""
    with (
        served(world.service, address) as server,
        closing(HttpGateway(Site(url=server.url, ca=str(ca)))) as gateway,
        pytest.raises(Unavailable) as refusal,
    ):
        sign_in(gateway, "taker1")
    return str(refusal.value)


def test_the_sites_own_authority_is_trusted(world: World, tmp_path: Path) -> None:
    """
    With the site's authority a console signs in over TLS.
    """
    site = authority()
    address = certified(site, tmp_path)
    with served(world.service, address) as server:
        assert server.url.startswith("https://")
        with closing(HttpGateway(Site(url=server.url, ca=str(site.write(tmp_path / "ca.pem"))))) as gateway:
            assert sign_in(gateway, "taker1")


def test_another_authority_is_not(world: World, tmp_path: Path) -> None:
    """
    A certificate from another authority, even of the same name, is called untrusted.
    """
    other = authority().write(tmp_path / "other.pem")

    assert _refused(world, certified(authority(), tmp_path), other) == "certificate_untrusted"


def test_the_systems_authorities_do_not_know_us(world: World, tmp_path: Path) -> None:
    """
    Without the site's authority the certificate is called untrusted; nothing is sent in the clear instead.
    """
    assert _refused(world, certified(authority(), tmp_path), "") == "certificate_untrusted"


def test_an_expired_certificate_is_named(world: World, tmp_path: Path) -> None:
    """
    A certificate that ran out is called expired.
    """
    site = authority()
    address = certified(site, tmp_path, valid=(NOW - YEAR, NOW - dt.timedelta(days=1)))

    assert _refused(world, address, site.write(tmp_path / "ca.pem")) == "certificate_expired"


def test_a_certificate_of_tomorrow_is_named(world: World, tmp_path: Path) -> None:
    """
    A certificate that is not valid yet, as a console with a slow clock sees it, has its own code.
    """
    site = authority()
    address = certified(site, tmp_path, valid=(NOW + dt.timedelta(days=1), NOW + YEAR / 2))

    assert _refused(world, address, site.write(tmp_path / "ca.pem")) == "certificate_not_yet_valid"


def test_another_hosts_certificate_is_named(world: World, tmp_path: Path) -> None:
    """
    A certificate for another address is called that.
    """
    site = authority()
    address = certified(site, tmp_path, host="192.0.2.1")

    assert _refused(world, address, site.write(tmp_path / "ca.pem")) == "certificate_wrong_host"


def test_a_missing_authority_file_is_named(world: World, tmp_path: Path) -> None:
    """
    When the file with the site's authority is not there, or is no certificate, the console says so.
    """
    address = certified(authority(), tmp_path)
    (tmp_path / "empty.pem").write_text("nothing")

    assert _refused(world, address, tmp_path / "gone.pem") == "certificate_authority_unreadable"
    assert _refused(world, address, tmp_path / "empty.pem") == "certificate_authority_unreadable"


@pytest.mark.expected_logs("Invalid HTTP request received")
def test_plain_talk_to_a_tls_server_is_an_outage(world: World, tmp_path: Path) -> None:
    """
    A console that is set to http by mistake hears an outage, and so does one that is set to https at a plain gateway.
    """
    plain = {"url": ""}
    with served(world.service) as server:
        plain["url"] = server.url.replace("http:", "https:")
        with closing(HttpGateway(Site(url=plain["url"]))) as gateway, pytest.raises(Unavailable, match="no_tls"):
            gateway.pull("", "token")
    with (
        served(world.service, certified(authority(), tmp_path)) as server,
        closing(HttpGateway(Site(url=server.url.replace("https:", "http:")))) as gateway,
        pytest.raises(Unavailable),
    ):
        gateway.pull("", "token")


@pytest.mark.parametrize("url", ["http://gateway.invalid:8110", "http://192.0.2.7", "ftp://127.0.0.1", "nonsense"])
def test_no_address_lets_others_read_along(url: str) -> None:
    """
    Whoever makes the address, settings or not: without TLS only this machine itself is one.
    """
    with pytest.raises(InvalidValue) as refused:
        Site(url=url)

    assert (refused.value.field, refused.value.problem) == ("gateway.url", "needs_https")


def test_an_unknown_failure_keeps_its_name() -> None:
    """
    A failure that has no code of its own is told by its kind.
    """
    assert reason_of(ssl.SSLError("something")) == "no_tls"
    assert reason_of(ConnectionResetError()) == "ConnectionResetError"
