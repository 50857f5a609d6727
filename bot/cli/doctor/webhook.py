"""Whether the address of the webhook leads somewhere, with a certificate that Telegram takes."""

import socket
import ssl
import time
from urllib.parse import SplitResult, urlsplit

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.knowledge.phrases import Bilingual

_SECONDS = 10.0
_DAY_SECONDS = 86_400
#: Who renews certificates by a machine renews them a month before their end.
_FEW_DAYS = 14
_TOPIC = "certificate"


def examine(url: str, *, is_reached: bool) -> Finding:
    """Connect as Telegram does. `is_reached`: Telegram delivers there; then only we may be kept from it."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((parts.hostname or "", port), _SECONDS) as connection:
            return _certified(connection, parts) if parts.scheme == "https" else _plain(parts)
    except ssl.SSLCertVerificationError as error:
        return _refused(error)
    except socket.gaierror:
        return fail(
            _TOPIC,
            Bilingual(f"{parts.hostname} hat keine Adresse im DNS", f"{parts.hostname} has no address in the DNS"),
            Bilingual(
                "DNS-Eintrag anlegen oder BOT_WEBHOOK_URL ändern", "add it to the DNS, or change BOT_WEBHOOK_URL"
            ),
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = Bilingual(
            f"{parts.hostname}:{port} ist von hier nicht zu erreichen ({reason})",
            f"{parts.hostname}:{port} cannot be reached from here ({reason})",
        )
        advice = Bilingual(
            "Reverse-Proxy starten, Firewall und DNS prüfen", "start the reverse proxy, see to firewall and DNS"
        )
        return warn(_TOPIC, text, advice) if is_reached else fail(_TOPIC, text, advice)


def _plain(parts: SplitResult) -> Finding:
    return ok(_TOPIC, f"{parts.hostname} antwortet, ohne TLS", f"{parts.hostname} answers, without TLS")


def _certified(connection: socket.socket, parts: SplitResult) -> Finding:
    with ssl.create_default_context().wrap_socket(connection, server_hostname=parts.hostname) as secured:
        expires = ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"]))
    days = int((expires - time.time()) // _DAY_SECONDS)
    text = Bilingual(f"gültig für {parts.hostname}, noch {days} Tage", f"valid for {parts.hostname}, {days} days left")
    if days < _FEW_DAYS:
        return warn(_TOPIC, text, Bilingual("erneuern", "renew it"))
    return ok(_TOPIC, text.de, text.en)


def _refused(error: ssl.SSLCertVerificationError) -> Finding:
    # The library's own words, which hold nothing but names of certificates.
    reason = error.verify_message
    return fail(
        _TOPIC,
        Bilingual(f"Telegram wird es nicht annehmen ({reason})", f"Telegram will not take it ({reason})"),
        Bilingual(
            "ein gültiges Zertifikat mit ganzer Kette einrichten", "set up a valid certificate with its whole chain"
        ),
    )
