"""What stores keep, sealed for its place and opened again."""

from contextlib import suppress

from bot.dialogue.session import Session
from bot.sessions import codec
from bot.sessions.store import Donation, InboxUpdate, OutboxMessage, StoreUnavailable
from bot.sessions.vault import Sealed, Vault


class Sealer:
    """Seals and opens with one vault. What cannot be opened is a StoreUnavailable, but for sessions."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def seal_update(self, update: InboxUpdate) -> bytes:
        return self._vault.seal(update.body, f"inbox {update.number}")

    def update(self, number: int, sealed: bytes) -> InboxUpdate:
        return InboxUpdate(number, self._opened(f"inbox {number}", sealed))

    def seal_message(self, update_number: int, body: str) -> bytes:
        return self._vault.seal(body, f"outbox {update_number}")

    def message(self, id_: int, update_number: int, sealed: bytes) -> OutboxMessage:
        return OutboxMessage(id_, update_number, self._opened(f"outbox {update_number}", sealed))

    def seal_session(self, name: str, session: Session) -> bytes:
        return self._vault.seal(codec.encode(session), f"session {name}")

    def session(self, name: str, sealed: bytes) -> Session | None:
        """None if it cannot be read, whatever the reason: then the dialogue begins anew."""
        with suppress(Sealed):
            return codec.decode(self._vault.open(sealed, f"session {name}"))
        return None

    def seal_donation(self, donation: Donation) -> bytes:
        return self._vault.seal(codec.encode_donation(donation), f"donation {donation.id}")

    def donation(self, id_: str, sealed: bytes) -> Donation:
        return codec.decode_donation(id_, self._opened(f"donation {id_}", sealed))

    def _opened(self, place: str, sealed: bytes) -> str:
        try:
            return self._vault.open(sealed, place)
        except Sealed as error:
            message = "BOT_STORE_KEY: something in the store was sealed with another key; set that key, too"
            raise StoreUnavailable(message) from error
