"""What crosses a channel: an incoming message, and replies as structured text.

Owns the vocabulary between a channel and the assistant. Knows no wire format, no markup and no knowledge:
a channel renders the blocks as it can (HTML on Telegram, plain lines in a terminal).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

#: Longest choice code in bytes: Telegram's limit for callback data, the narrowest of the channels.
CHOICE_CODE_BYTES = 64
#: How the code of a choice begins that changes its own message: what it has done is seen there.
CHANGES_ITS_MESSAGE = "d:"


@dataclass(frozen=True, slots=True)
class Said:
    """A text that a person wrote; an edit of what they had written before takes its place. What is forwarded, or only
    pointed at, was written by somebody else: it is answered, but not given away."""

    text: str
    is_edit: bool = False
    is_forwarded: bool = False
    #: What tells the message from the others of its chat, if the channel numbers them.
    number: str = ""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A choice that a person pressed; the code may be old, forged or of another knowledge.

    `question` is the message that the choice's own message answers, `quoted` what that message quotes: both as the
    channel still shows them to the person, for nothing of it is stored here. `shown` tells that message from the others
    of its chat, if the channel numbers them. A question can be forwarded, see `Said`.
    """

    code: str
    question: str = ""
    quoted: str = ""
    shown: str = ""
    is_forwarded: bool = False


#: Commands every channel may offer, by their neutral names.
CommandName: TypeAlias = Literal[
    "start",
    "help",
    "sources",
    "privacy",
    "my_data",
    "forget",
    "reset",
    "cancel",
    "back",
    "change",
    "why",
    "language",
    "german",
    "english",
    "unknown",
]


#: How people write them, without the slash; the same in every channel.
COMMANDS: Mapping[str, CommandName] = {
    "start": "start",
    "help": "help",
    "hilfe": "help",
    "neu": "reset",
    "new": "reset",
    "reset": "reset",
    "restart": "reset",
    "abbrechen": "cancel",
    "cancel": "cancel",
    "stop": "cancel",
    "zurueck": "back",
    "back": "back",
    "aendern": "change",
    "change": "change",
    "warum": "why",
    "why": "why",
    "deutsch": "german",
    "english": "english",
    "sprache": "language",
    "language": "language",
    "quellen": "sources",
    "sources": "sources",
    "datenschutz": "privacy",
    "privacy": "privacy",
    "meinedaten": "my_data",
    "mydata": "my_data",
    "vergiss": "forget",
    "forget": "forget",
}


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command such as /neu, under its neutral name; the argument is what stood behind it."""

    name: CommandName
    argument: str = ""


#: What people send besides text, as far as the bot says why it cannot take it.
UnreadableKind: TypeAlias = Literal[
    "photo",
    "video",
    "voice",
    "location",
    "contact",
    "document",
    "sticker",
    "forwarded_command",
    "damaged",
    "other",
]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is no text: a photo, a voice message, a location."""

    kind: UnreadableKind = "other"


Content: TypeAlias = Said | Tapped | Commanded | Unreadable


@dataclass(frozen=True, slots=True)
class Conversation:
    """Whose dialogue it is. `chat` is where it takes place, `person` whom the data belongs to; each is a name that the
    channel gives, and empty where the conversation itself says it all."""

    id: str
    chat: str = ""
    person: str = ""
    is_group: bool = False

    @property
    def lane(self) -> str:
        """The chat whose order it keeps."""
        return self.chat or self.id

    @property
    def owner(self) -> str:
        """The person who may see and delete what is stored of it."""
        return self.person or self.id


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from one conversation; `language` is what the person's app is set to, if it tells. Where several
    people share a conversation, one that `begins_anew` takes nothing for granted of what was told before. `sent_at` is
    when it was sent, if the channel tells; one that `may_go_on` is plain text, which the next one may continue. `parts`
    are the texts that it was sent in, where they were several."""

    conversation: Conversation
    content: Content
    at: datetime
    language: Language | None = None
    begins_anew: bool = False
    sent_at: datetime | None = None
    may_go_on: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source of one reply: which claim, where to read it, how old it is. `group` says in the reader's
    language who speaks: a law, a court, an authority; citations of one group stand together."""

    number: int
    source: str
    claim: str
    label: str
    date: str
    url: str
    quote: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or list item and the numbers of the citations that carry it."""

    text: str
    marks: tuple[int, ...] = ()


#: What a block is, so that a channel can style it: `list` has bullets, `steps` numbers, `copy` is to be copied as it
#: stands; the others are paragraphs.
BlockKind: TypeAlias = Literal[
    "text",
    "assumed",
    "verdict",
    "reasons",
    "list",
    "steps",
    "disputed",
    "question",
    "quote",
    "copy",
    "sources",
    "hint",
]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list with an optional title. A `sources` block has no lines: it shows the reply's citations."""

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A suggested answer as one message of its own; the parameter opens the bot where it can be asked further."""

    id: str
    title: str
    description: str
    reply: "Reply"
    parameter: str


#: What a button does: come back to the bot, open the bot with its code as start parameter, pass that link on, or put a
#: text on the clipboard (where a channel cannot, or the text is too long for it, the code comes back and brings it).
ChoiceKind: TypeAlias = Literal["press", "open", "share", "copy"]
#: Choices of one group belong together, as in a row: what unfolds, what a source text wrote, neighbours, and the rest.
ChoiceGroup: TypeAlias = Literal["", "layers", "says", "turns", "neighbours", "tools"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the stateless code that comes back when it is pressed.

    A channel without links of its own leaves out what is not to be pressed.
    """

    label: str
    code: str
    kind: ChoiceKind = "press"
    group: ChoiceGroup = ""
    #: The text that a `copy` choice puts on the clipboard.
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that goes with a reply."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Apart:
    """What a reply adds to the message whose choice was pressed: only that, for a channel that cannot change the
    message, or where the whole is too long for one. Without blocks there is nothing to add: something was folded."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the person. `citations` holds every citation that the marks in its blocks refer to.

    `refers` asks the channel to show which message it answers, so that a choice can come back with it. With `apart` the
    reply takes the place of the message whose choice was pressed, which it repeats with something unfolded or folded.
    """

    language: Language
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    attachment: Attachment | None = None
    refers: bool = False
    apart: Apart | None = None
