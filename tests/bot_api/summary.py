"""What came of it: messages per chat, and how long people waited.

Owns the figures. Refuses to judge them.
"""

from tests.bot_api.state import Json, State


def summary(state: State, *, with_texts: bool = False) -> Json:
    """Everything since the start or the last reset."""
    with state.changed:
        chats = sorted({*state.update_counts, *state.sent_in})
        return {
            "chats": {str(chat): _chat(state, chat, with_texts=with_texts) for chat in chats},
            "updates": sum(state.update_counts.values()),
            "pending": len(state.updates),
            "messages": len(state.sent),
            "unacknowledged": sum(not sent.is_acknowledged for sent in state.sent),
            "latency_seconds": latency(state),
        }


def latency(state: State) -> Json:
    """From a person's message to the bot's first one that answers it; of both moments the server's own clock."""
    with state.changed:
        said = list(state.said.values())
    waits = sorted(one.answered_at - one.said_at for one in said if one.answered_at is not None)
    figures: Json = {"count": len(waits), "unanswered": len(said) - len(waits)}
    if waits:
        figures |= {"mean": sum(waits) / len(waits), "max": waits[-1]}
        figures |= {f"p{share}": waits[min(len(waits) - 1, len(waits) * share // 100)] for share in (50, 90, 95, 99)}
    return figures


def _chat(state: State, chat: int, *, with_texts: bool) -> Json:
    messages = state.sent_in.get(chat, [])
    counts: Json = {"updates": state.update_counts[chat], "messages": len(messages)}
    return {**counts, "texts": [sent.text for sent in messages]} if with_texts else counts
