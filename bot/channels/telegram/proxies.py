"""Which proxy leads to the Bot API server, as curl and requests have it.

Owns the reading of `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in lower or upper case: the one for the
server's scheme before the one for all, the lower case before the upper, and none for a server that is exempt. Refuses
to look at a proxy that is not needed.
"""

import ipaddress
import os
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

#: socks needs a library of its own.
_SCHEMES = ("http", "https")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class UnusableProxy(Exception):
    """The environment names a proxy that is none; the message is the variable's name and holds nothing of its value."""


def proxy_for(url: str) -> str | None:
    """The address of the proxy for a server; None if it is reached without. Raises UnusableProxy."""
    parts = urlsplit(url)
    found = getproxies()
    chosen = next((scheme for scheme in (parts.scheme, "all") if found.get(scheme)), None)
    if chosen is None or _is_exempt(parts):
        return None
    # As curl and requests take it: without a scheme it is an http proxy.
    address = found[chosen] if "://" in found[chosen] else f"http://{found[chosen]}"
    if not _is_proxy(address):
        raise UnusableProxy(_variable(f"{chosen}_proxy"))
    return address


def _is_exempt(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    return bool(proxy_bypass(host) or proxy_bypass(f"{host}:{port}")) or _is_in_exempt_network(host)


def _is_in_exempt_network(host: str) -> bool:
    """Whether the host is an address in a network that `no_proxy` names, which the standard library does not read."""
    names = getproxies().get("no", "").replace(",", " ").split()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for name in names if (network := _network(name)) is not None)


def _network(name: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(name.replace("[", "").replace("]", ""), strict=False)
    except ValueError:
        return None


def _is_proxy(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _variable(name: str) -> str:
    """The variable as it is spelled where it is set; the lower case counts."""
    spelled = [set_ for set_, value in os.environ.items() if value and set_.lower() == name]
    return name if name in spelled or not spelled else spelled[0]
