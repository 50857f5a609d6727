"""Prints the figures as Markdown tables: one question, and load on Telegram."""

import statistics
import sys
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.learning.corpus import corpus_of
from bot.matching.learning.lessons import learn
from tests.benchmarks.matching import cost
from tests.benchmarks.telegram.systems import compare
from tests.small import REAL

_ASK = "from bot.cli import main; main(['ask', 'Darf ich Angebote per WhatsApp verschicken?'])"
_BARE = "import rapidfuzz, yaml, numpy"
#: What nobody should send, and somebody will.
ODD = (
    "",
    "a" * 100_000,
    "wort " * 20_000,
    "Werbung per WhatsApp? " * 500,
    "\u200b" * 5_000,
    "e\u0301" * 5_000,
    "🎉" * 5_000,
    "\x00\x01" * 5_000,
    "你好" * 5_000,
    "".join(chr(97 + (i * 7) % 26) for i in range(4_000)),
    " ".join(f"{i}wort{i * i}" for i in range(2_000)),
    "donaudampfschifffahrtsgesellschaftskapitän" * 50,
)


def main() -> None:
    knowledge = load(REAL).knowledge
    questions = [text for checks in knowledge.checks.entries for text in checks.questions.all]
    learning_seconds = _median_seconds(lambda: learn(corpus_of(knowledge)), 1)
    matcher = open_matcher(knowledge, KnowledgeFolder(REAL, "knowledge"))
    ours = sorted(_milliseconds(matcher.decide, questions))
    odd = max(_milliseconds(matcher.decide, list(ODD)))
    plain = sorted(_milliseconds(_plain_ratio(knowledge), questions))
    asked, bare = cost.run(_ASK), cost.run(_BARE)
    print("| what | figure |\n|---|---|")
    print(f"| start to first answer (whole process, median of {cost.REPEATS}) | {asked['seconds']:.2f} s |")
    print(f"| peak memory of such a process | {asked['peak_mib']:.0f} MiB |")
    print(f"| a bare process that imports rapidfuzz, yaml and numpy | {bare['seconds']:.2f} s |")
    print(f"| learning after a change of phrasings ({len(knowledge.entries)} entries) | {learning_seconds:.1f} s |")
    print(f"| a question, ours: median / 99th percentile | {_at(ours, 0.5):.2f} / {_at(ours, 0.99):.2f} ms |")
    print(f"| a question, rapidfuzz WRatio over all phrasings | {_at(plain, 0.5):.2f} / {_at(plain, 0.99):.2f} ms |")
    print(f"| ours compared to WRatio (median) | {_at(ours, 0.5) / _at(plain, 0.5):.2f} |")
    print(f"| the slowest of {len(ODD)} odd inputs (100,000 letters, emoji, binary …) | {odd:.1f} ms |\n")
    print(compare(lambda step: print(step, file=sys.stderr, flush=True)))


def _plain_ratio(knowledge: Knowledge) -> Callable[[str], object]:
    phrasings = [text for entry in knowledge.entries.values() for text in entry.asked_as.all]
    return lambda text: process.extractOne(text, phrasings, scorer=fuzz.WRatio)


def _milliseconds(answer: Callable[[str], object], questions: list[str]) -> list[float]:
    taken = []
    for question in questions:
        start = time.perf_counter()
        answer(question)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _median_seconds(work: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
