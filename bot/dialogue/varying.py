"""Nothing is said twice in a row in the same words.

Owns how a reply is known again: by a digest, which nobody can read back. Refuses to judge whether it should be said.
"""

from dataclasses import replace
from hashlib import blake2s

from bot.dialogue.session import Session
from bot.knowledge.model import Knowledge
from bot.messages import Block, Line, Reply

#: What is said before something that is said once more: two, so that not even three times are alike.
_ONCE_MORE = ("once_more", "as_said")


def varied(replies: tuple[Reply, ...], session: Session, knowledge: Knowledge) -> tuple[tuple[Reply, ...], Session]:
    """The replies, with a word before them if they are the last ones again; and the session that remembers them."""
    if not replies or any(reply.apart is not None for reply in replies):
        # What changes a message that stands there is said nowhere again.
        return replies, session
    said = _digest(replies)
    if said != session.said:
        return replies, replace(session, said=said, repeats=0)
    key = _ONCE_MORE[session.repeats % len(_ONCE_MORE)]
    lead = Block("text", (Line(knowledge.texts[session.language][key]),))
    first, *others = replies
    again = (replace(first, blocks=(lead, *first.blocks)), *others)
    return again, replace(session, repeats=session.repeats + 1)


def _digest(replies: tuple[Reply, ...]) -> str:
    """So much of what is said and can be chosen that it is known again."""
    lines = (f"{block.title} {line.text}" for reply in replies for block in reply.blocks for line in block.lines)
    labels = (choice.label for reply in replies for choice in reply.choices)
    return blake2s("\n".join((*lines, *labels)).encode(), digest_size=6).hexdigest()
