"""The picture of the README: a dialogue on a telephone, drawn from what the bot really says and how Telegram shows it.

    dialogue  what is said, through the assistant and Telegram's rendering
    layout    styled text -> lines that fit into a bubble
    drawing   the telephone, as SVG

`make picture` draws it anew; a test holds its words against the bot's.
"""

from pathlib import Path

PICTURE = Path(__file__).parent / "dialogue.svg"
