"""Where a message was written, where its answer goes, and whose conversation it is. Pure.

Refuses to take for a reply what is none: in a topic every message refers to the one with which Telegram opened it.
"""

from dataclasses import dataclass

from telegram import Chat, Message, User
from telegram.constants import ChatType

from bot.messages import Conversation

#: Telegram's numbers fit into this many bits, with their sign.
_NUMBER_BITS = 64


@dataclass(frozen=True, slots=True)
class Address:
    """Where the replies go: a chat, the topic in it if it has topics, the message that they answer, and the one whose
    place they can take. Raises TypeError for numbers that are none: nothing could be sent there."""

    chat: int
    topic: int | None = None
    question: int | None = None
    is_group: bool = False
    #: The message whose button was pressed.
    shown: int | None = None

    def __post_init__(self) -> None:
        parts = (self.chat, self.topic, self.question, self.shown)
        if not all(_is_number(part) for part in parts if part is not None):
            raise TypeError("not a place")

    @property
    def name(self) -> str:
        """The chat's name for the store."""
        return f"telegram:{self.chat}"


def address_of(message: Message) -> Address:
    """Where a person's message is answered."""
    return Address(message.chat.id, topic_of(message), message.message_id, not is_private(message.chat))


def tapped_address(message: Message) -> Address:
    """Where a tap on a keyboard of ours is answered: what it belongs to is the question that our message answers."""
    asked = replied_to(message)
    question = asked.message_id if asked else None
    # Of a damaged update nobody knows the number.
    shown = message.message_id or None
    return Address(message.chat.id, topic_of(message), question, not is_private(message.chat), shown)


def conversation_of(address: Address, chat: Chat | None, person: int) -> Conversation:
    """The dialogue of a person at this address; `chat` is None where it is known to be their own."""
    if chat is None or is_private(chat):
        if address.topic is None:
            return Conversation(address.name)
        # What was told in one topic is not so in another; the person who may see and delete it is the same.
        return Conversation(f"{address.name}:{address.topic}", address.name, address.name)
    # In a group each person has their own: what one has told must not answer what another asks. A person's private chat
    # has the person's number, so that what is held of them is found from there.
    own = f"{address.name}:{address.topic or 0}:{person}"
    return Conversation(own, address.name, f"telegram:{person}", is_group=True)


def is_private(chat: Chat) -> bool:
    """Whether nobody else reads along."""
    # People have positive numbers, groups and channels negative ones.
    return bool(chat.type == ChatType.PRIVATE) or chat.id > 0


def author_of(message: Message) -> int:
    """Who has written it. All who write in the name of a chat have one and the same user number."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0


def is_bots(message: Message) -> bool:
    """Whether a bot has written it. Telegram also shows anonymous administrators and channels as bots: those write in
    the name of a chat, and people stand behind them."""
    return message.from_user is not None and message.from_user.is_bot is True and message.sender_chat is None


def replied_to(message: Message) -> Message | None:
    """The message that a person, or we, have replied to."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or replied.message_id == topic_of(message):
        return None
    return replied


def is_reply_to(message: Message, me: User) -> bool:
    """Whether it replies to a message of the bot."""
    replied = replied_to(message)
    return bool(replied and replied.from_user and replied.from_user.id == me.id)


def topic_of(message: Message) -> int | None:
    """The topic; a thread that replies have formed is none."""
    return message.message_thread_id if message.is_topic_message else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < _NUMBER_BITS
