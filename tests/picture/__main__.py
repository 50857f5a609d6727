"""Draw the picture anew."""

import asyncio

from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeFolder, open_sound
from bot.understanding import Understanding
from tests.picture import PICTURE
from tests.picture.dialogue import hold
from tests.picture.drawing import draw
from tests.small import REAL


def main() -> None:
    """Write it beside this module."""
    folder = KnowledgeFolder(REAL, "knowledge")
    knowledge = open_sound(folder)
    understanding = Understanding(knowledge, open_matcher(knowledge, folder))
    PICTURE.write_text(draw(asyncio.run(hold(knowledge, understanding))), encoding="utf-8")


if __name__ == "__main__":
    main()
