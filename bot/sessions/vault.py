"""Encryption at rest and pseudonyms: what a store writes down tells nobody anything without the key.

Texts are sealed with AES-256-GCM under a random nonce and bound to their place, so that a sealed text cannot be moved
to another row. Names become HMAC-SHA256 pseudonyms: the same name is found again, and cannot be read back. Both use
keys of their own, derived from the store's key with HKDF.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12
#: So many bytes before a sealed text tell which key has sealed it.
ID_BYTES = 4
_PSEUDONYM_BYTES = 16


class Sealed(Exception):
    """A text cannot be opened: it was sealed with another key or at another place, or was changed."""


class _Key:
    """One key of the store and what is derived from it."""

    def __init__(self, secret: bytes) -> None:
        self.cipher = AESGCM(_derived(secret, b"texts"))
        self.names = _derived(secret, b"pseudonyms")
        self.id = _derived(secret, b"id")[:ID_BYTES]


class Vault:
    """Seals with the first key; opens with any, so that a key can be replaced while the store is in use."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = [_Key(key) for key in keys]

    def seal(self, text: str, place: str) -> bytes:
        """The text, to be stored at this place only."""
        key, nonce = self._keys[0], secrets.token_bytes(_NONCE_BYTES)
        return key.id + nonce + key.cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """The text that was sealed at this place. Raises Sealed."""
        key = next((key for key in self._keys if key.id == sealed[:ID_BYTES]), None)
        if key is None:
            raise Sealed
        nonce, rest = sealed[ID_BYTES : ID_BYTES + _NONCE_BYTES], sealed[ID_BYTES + _NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, rest, place.encode()).decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError) as error:
            raise Sealed from error

    def pseudonym(self, name: str) -> str:
        """What stands for the name under the first key."""
        return _pseudonym(self._keys[0], name)

    def pseudonyms(self, name: str) -> tuple[str, ...]:
        """What has stood for the name under any of the keys, the first key's first."""
        return tuple(_pseudonym(key, name) for key in self._keys)

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """What tells the keys apart without giving them away, the first key's first."""
        return tuple(key.id.hex() for key in self._keys)


def fingerprint_of(sealed: bytes) -> str:
    """The fingerprint of the key that sealed a text."""
    return sealed[:ID_BYTES].hex()


def new_key() -> str:
    """A random key as it is written into a setting or a file."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _pseudonym(key: _Key, name: str) -> str:
    return hmac.new(key.names, name.encode(), hashlib.sha256).digest()[:_PSEUDONYM_BYTES].hex()


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"datenschutz-bot " + purpose).derive(secret)
