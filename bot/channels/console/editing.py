"""A prompt on which a line can be edited: arrows, this session's history, a paste of several lines as one message.

The history is in memory only: what people type about their cases must not be found on their disks later.
"""

from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.channels.console.prompts import PROMPT


class EditedPrompt:
    """See `Prompt`."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self._input = create_input(read)
        self._write = write
        self._output = create_output(write)
        if isinstance(self._output, Vt100_Output):
            # Asking the terminal where the cursor is would delay what is typed ahead, and serves only menus.
            self._output.enable_cpr = False
        self._session = self._begun()

    def _begun(self) -> PromptSession[str]:
        return PromptSession(
            history=InMemoryHistory(),
            key_bindings=_keys(),
            enable_suspend=True,
            color_depth=ColorDepth.DEPTH_1_BIT,
            input=self._input,
            output=self._output,
        )

    async def read(self, hint: str) -> str | None:
        self._write.write("\n")
        self._write.flush()
        try:
            return await self._session.prompt_async(PROMPT)
        except EOFError:
            return None

    def forget(self) -> None:
        self._session = self._begun()


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    @keys.add("<sigint>")
    def _(event: KeyPressEvent) -> None:
        """Clear the line; leave if there is none."""
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=EOFError)

    return keys
