"""What the machine gives the bot: an address to listen on, a disk, proxies and certificates.

Nothing is taken for longer than it is looked at, and nothing that a bot which starts at this moment would miss.
"""

import os
import shutil
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.knowledge.phrases import Bilingual

_SECONDS = 3.0
_MEGABYTE = 1024 * 1024
#: A store of a busy bot takes some ten megabytes; below this SQLite may fail in the middle of a day.
_LEAST_MEGABYTES = 50
_FEW_MEGABYTES = 500
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def is_bot(address: tuple[str, int]) -> bool:
    """Whether a bot answers there."""
    # Not through a proxy: it is this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    host = "127.0.0.1" if address[0] == "0.0.0.0" else address[0]  # noqa: S104
    try:
        with opener.open(f"http://{_bracketed(host)}:{address[1]}/healthz", timeout=_SECONDS) as answer:
            return bool(answer.read(8) == b"ok")
    except (OSError, ValueError, urllib.error.URLError):
        return False


def examine_address(address: tuple[str, int], *, is_running: bool) -> Finding:
    """Whether the bot can listen there, or does."""
    shown = f"{_bracketed(address[0])}:{address[1]}"
    if is_running:
        return ok("listen", f"{shown}: dort antwortet der Bot", f"{shown}: the bot answers there")
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Bound and not listened on: a bot that starts now is not in our way, nor we in its.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return fail(
            "listen",
            Bilingual(f"{shown} geht nicht ({reason})", f"{shown} cannot be used ({reason})"),
            Bilingual(
                "BOT_LISTEN ändern oder beenden, was dort lauscht", "change BOT_LISTEN, or end what listens there"
            ),
        )
    return ok("listen", f"{shown} ist frei", f"{shown} is free")


def examine_disk(folder: Path) -> Finding:
    """Whether there is room for the store."""
    free = shutil.disk_usage(folder).free // _MEGABYTE
    text = Bilingual(f"{free} MB frei bei {folder}", f"{free} MB free at {folder}")
    if free < _FEW_MEGABYTES:
        level = fail if free < _LEAST_MEGABYTES else warn
        return level("disk", text, Bilingual("Platz schaffen", "make room"))
    return ok("disk", text.de, text.en)


def examine_network_settings(environment: Mapping[str, str]) -> Sequence[Finding]:
    """Proxies and certificates that the bot uses because the environment names them."""
    return [
        *(_proxy(name, value) for name, value in _set(environment, _PROXIES)),
        *(_certificates(name, value) for name, value in _set(environment, _CERTIFICATES)),
    ]


def _set(environment: Mapping[str, str], names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in environment.items() if value and name.upper() in names]


def _proxy(name: str, value: str) -> Finding:
    if name.upper() == "NO_PROXY":
        return ok("proxy", f"{name}: ohne Proxy zu {value}", f"{name}: no proxy to {value}")
    # Its user and password are nobody's business.
    parts = urlsplit(value if "://" in value else f"//{value}")
    shown = f"{parts.scheme or '?'}://{parts.hostname}" if parts.hostname else "?"
    return ok("proxy", f"{name}: über {shown}", f"{name}: by way of {shown}")


def _certificates(name: str, value: str) -> Finding:
    if os.access(value, os.R_OK):
        return ok("certificates", f"{name}: {value}", f"{name}: {value}")
    return fail(
        "certificates",
        Bilingual(f"{name}: {value} ist nicht lesbar", f"{name}: {value} cannot be read"),
        Bilingual(
            "Pfad oder Rechte ändern, oder die Variable entfernen", "correct the path or the rights, or unset it"
        ),
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
