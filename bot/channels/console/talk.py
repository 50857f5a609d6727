"""A conversation in a terminal or over a pipe."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.channels.console import typed
from bot.channels.console.prompts import Prompt
from bot.channels.console.rendering import render_choices, render_remark
from bot.channels.console.window import Window
from bot.messages import Choice, Commanded, Content, Conversation, Incoming, Language, Reply, Said, Tapped

Answer = Callable[[Incoming], Awaitable[Sequence[Reply]]]
#: A text of the knowledge, by its key.
Texts = Callable[[Language, str], str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """The choices that have numbers, and what comes back with one: what it answers, and what its message quotes."""

    choices: tuple[Choice, ...] = ()
    question: str = ""
    quoted: str = ""


class Console:
    """Answers what is typed until its input ends or the person leaves."""

    def __init__(self, answer: Answer, prompt: Prompt, window: Window, texts: Texts, language: Language) -> None:
        self._answer = answer
        self._prompt = prompt
        self._window = window
        self._texts = texts
        self._language = language
        self._said = ""
        self._shown = _Shown()

    async def run(self, conversation: str, *, is_watched: bool) -> None:
        """Talk until the input ends. `is_watched` says whether a person sits before it, who is greeted, told how to
        leave, and asked what to do when they just press Enter."""
        if is_watched:
            # Not the start page, which begins anew: a stored dialogue goes on.
            await self._turn(conversation, Commanded("help"))
            self._say("console_welcome")
        while (line := await self._prompt.read(self._text("console_interrupted"))) is not None:
            message = typed.clean(line)
            if message.lower() in typed.LEAVING:
                break
            if message:
                await self._take(conversation, message)
            elif is_watched:
                self._say("console_empty")
        if is_watched:
            self._say("console_bye")

    async def _take(self, conversation: str, message: str) -> None:
        chosen = typed.number(message)
        choices = self._shown.choices
        if chosen is not None and 1 <= chosen <= len(choices):
            await self._turn(conversation, Tapped(choices[chosen - 1].code, self._shown.question, self._shown.quoted))
        elif choices and typed.is_numeric(message):
            self._say("console_no_such_choice", count=len(choices))
        else:
            await self._turn(conversation, self._read(message))

    def _read(self, message: str) -> Content:
        content = typed.read(message)
        if isinstance(content, Said):
            self._said = message
        elif content in (Commanded("forget"), Commanded("reset")):
            self._said, self._shown = "", _Shown()
            self._prompt.forget()
        return content

    async def _turn(self, conversation: str, content: Content) -> None:
        incoming = Incoming(Conversation(conversation), content, datetime.now(UTC), self._language)
        replies = [_alone(reply) for reply in await self._answer(incoming)]
        # Only the last choices have numbers: two lists that both begin with 1 could not be told apart.
        last = max((index for index, reply in enumerate(replies) if _pressable(reply)), default=-1)
        if last >= 0:
            # Else those before stay: they are still before the person's eyes, as buttons would be.
            quoted = next((_quote(reply) for reply in replies if _quote(reply)), "")
            self._shown = _Shown(_pressable(replies[last]), self._said, quoted)
        for index, reply in enumerate(replies):
            self._show(reply, has_numbers=index == last)

    def _show(self, reply: Reply, *, has_numbers: bool) -> None:
        self._language = reply.language
        self._print("\n" + self._window.render([reply]))
        if reply.attachment is not None:
            self._print(f"\n{reply.attachment.name}\n{reply.attachment.text.rstrip()}")
        if has_numbers:
            self._print("\n" + render_choices(_pressable(reply), self._window.width))

    def _say(self, key: str, **values: int) -> None:
        self._print("\n" + render_remark(self._text(key).format(**values), self._window.width))

    def _text(self, key: str) -> str:
        return self._texts(self._language, key)

    def _print(self, text: str) -> None:
        print(text, file=self._window.write, flush=True)


def _alone(reply: Reply) -> Reply:
    """What is new of a reply: what was printed before cannot be unfolded in its place, but its numbers still count."""
    return replace(reply, blocks=reply.apart.blocks, choices=()) if reply.apart else reply


def _pressable(reply: Reply) -> tuple[Choice, ...]:
    """The choices without links, which lead nowhere here; a text to be copied is printed."""
    return tuple(choice for choice in reply.choices if choice.kind in ("press", "copy"))


def _quote(reply: Reply) -> str:
    return "\n".join(line.text for block in reply.blocks if block.kind == "quote" for line in block.lines)
