"""Prints the figures as a Markdown table."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from tests.small import REAL

RUNS = 5
_ASK = [sys.executable, "-m", "bot", "ask", "Darf ich Angebote per WhatsApp verschicken?"]
_BARE = [sys.executable, "-c", "import rapidfuzz, yaml, numpy"]


def main() -> None:
    knowledge = load(REAL).knowledge
    questions = [text for checks in knowledge.checks.entries for text in checks.questions.all]
    build_seconds = _median_seconds(lambda: Matcher(knowledge), 3)
    matcher = Matcher(knowledge)
    ours = sorted(_milliseconds(matcher.decide, questions))
    plain = sorted(_milliseconds(_plain_ratio(knowledge), questions))
    started, bare = _process_seconds(_ASK), _process_seconds(_BARE)
    print("| what | figure |\n|---|---|")
    print(f"| start to first answer (whole process, median of {RUNS}) | {started:.2f} s |")
    print(f"| a bare process that imports rapidfuzz, yaml and numpy | {bare:.2f} s |")
    print(f"| reading and training the matcher ({len(knowledge.entries)} entries) | {build_seconds:.2f} s |")
    print(f"| peak memory of such a process | {_peak_mebibytes():.0f} MiB |")
    print(f"| a question, ours: median / 99th percentile | {_at(ours, 0.5):.2f} / {_at(ours, 0.99):.2f} ms |")
    print(f"| a question, rapidfuzz WRatio over all phrasings | {_at(plain, 0.5):.2f} / {_at(plain, 0.99):.2f} ms |")
    print(f"| ours compared to WRatio (median) | {_at(ours, 0.5) / _at(plain, 0.5):.2f} |")


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


def _process_seconds(command: list[str]) -> float:
    return _median_seconds(lambda: subprocess.run(command, check=True, capture_output=True), RUNS)


def _peak_mebibytes() -> float:
    """The largest child's peak, in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
