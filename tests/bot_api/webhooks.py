"""Where the bot wants its updates: setWebhook, deleteWebhook, getWebhookInfo.

Owns which addresses and secrets Telegram takes. Refuses to deliver: that is `delivery`.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from tests.bot_api.faults import ApiError
from tests.bot_api.parameters import boolean, decoded, integer
from tests.bot_api.state import Json, State, Webhook

DEFAULT_CONNECTIONS = 40
MAX_CONNECTIONS = 100
MAX_SECRET = 256
PORTS = frozenset([None, 443, 80, 88, 8443])


def set_webhook(state: State, parameters: Json) -> bool:
    url = str(parameters.get("url") or "")
    if not url:
        return delete_webhook(state, parameters)
    if not state.is_local:
        _check_public(url)
    secret, connections = _secret(parameters), _connections(parameters)
    set_allowed(state, parameters)
    if boolean(parameters, "drop_pending_updates"):
        state.updates.clear()
    # Setting the same again is no change: what is under way goes on.
    if (url, secret, connections) != (state.webhook_url, state.webhook.secret, state.webhook.max_connections):
        state.webhook_url, state.webhook = url, Webhook(secret, connections)
    state.on_update()
    return True


def delete_webhook(state: State, parameters: Json) -> bool:
    state.webhook_url, state.webhook = "", Webhook()
    if boolean(parameters, "drop_pending_updates"):
        state.updates.clear()
    state.on_update()
    return True


def get_webhook_info(state: State, _: Json) -> Json:
    info: Json = {"url": state.webhook_url, "has_custom_certificate": False}
    info["pending_update_count"] = len(state.updates)
    if state.webhook.last_error_message:
        info["last_error_date"] = state.webhook.last_error_date
        info["last_error_message"] = state.webhook.last_error_message
    if state.webhook_url:
        info["max_connections"] = state.webhook.max_connections
    if state.allowed_updates:
        info["allowed_updates"] = list(state.allowed_updates)
    return info


def set_allowed(state: State, parameters: Json) -> None:
    """Which updates the bot wants from now on; without a word of it, those of before."""
    allowed = decoded(parameters.get("allowed_updates"))
    if isinstance(allowed, list):
        state.allowed_updates = tuple(allowed)


def _check_public(url: str) -> None:
    parts = _split(url)
    if parts.scheme != "https":
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in PORTS:
        raise ApiError(400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if _is_reserved(parts.hostname or ""):
        raise ApiError(400, f"Bad Request: bad webhook: IP address {parts.hostname} is reserved")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ApiError(400, "Bad Request: invalid webhook URL specified") from None
    return parts


def _is_reserved(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _secret(parameters: Json) -> str:
    secret = str(parameters.get("secret_token") or "")
    if len(secret) > MAX_SECRET:
        raise ApiError(400, "Bad Request: secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    return secret


def _connections(parameters: Json) -> int:
    wanted = integer(parameters, "max_connections", 0)
    return max(1, min(wanted, MAX_CONNECTIONS)) if wanted else DEFAULT_CONNECTIONS
