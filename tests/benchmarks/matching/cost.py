"""Time and memory. Each measurement is a process of its own with one thread; it prints its figures as JSON."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.matching.data import Part, few, read
from tests.benchmarks.matching.quality import Figures, Tick
from tests.benchmarks.matching.systems import SYSTEMS, corpus_of, ranking_of

_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_QUESTIONS = 1500
_SLOW_QUESTIONS = 150
REPEATS = 5


def public(folder: Path, tick: Tick) -> dict[str, Figures]:
    """Build, question and memory on CLINC150 with all variants; ours from nothing and from its cache."""
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as kept:
        for name in SYSTEMS:
            tick(f"cost: {name}")
            found[name] = _measured("system", folder, name, kept)
        tick("cost: ours, from the cache")
        found["ours, from the cache"] = _measured("cached", folder, "ours", kept)
    return found


def real(tick: Tick) -> Figures:
    """Start to first answer of the command on the real knowledge, and a bare process with the same libraries."""
    tick("cost: the command on the real knowledge")
    ask = "from bot.cli import main; main(['ask', 'Darf ich Angebote per WhatsApp verschicken?'])"
    run(ask)  # the index is learnt and kept
    return {"ours": run(ask), "a bare process with rapidfuzz": run("import rapidfuzz")}


def growth(folder: Path, sizes: list[tuple[int, int]], tick: Tick) -> list[Figures]:
    """Ours at so many entries with so many variants each, made of CLINC150's texts under numbered names."""
    found = []
    for entries, variants in sizes:
        tick(f"growth: {entries} entries, {variants} variants")
        found.append(_measured("growth", folder, f"{entries}x{variants}", ""))
    return found


def _measured(what: str, folder: Path, name: str, kept: str) -> Figures:
    command = [sys.executable, "-m", "tests.benchmarks.matching.cost", what, str(folder), name, kept]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **_ONE_THREAD})
    return dict(json.loads(done.stdout))


def run(code: str) -> Figures:
    """The median time of some runs of a whole process, and the largest peak of its memory."""
    program = f"{code}\nimport sys; print(open('/proc/self/status').read(), file=sys.stderr)"
    seconds, peaks = [], []
    for _ in range(REPEATS):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        seconds.append(time.perf_counter() - start)
        peaks.append(_peak(done.stderr))
    return {"seconds": sorted(seconds)[REPEATS // 2], "peak_mib": max(peaks)}


def _system(folder: Path, name: str, kept: str) -> Figures:
    data = read(folder / "clinc150.jsonl")
    train, validation = data.train.inside(), data.validation
    start = time.perf_counter()
    system = SYSTEMS[name](train, validation)
    build = time.perf_counter() - start
    peak = _peak()
    if name == "ours":
        _keep(system, Path(kept))
    count = _SLOW_QUESTIONS if name == "rapidfuzz WRatio" else _QUESTIONS
    return {"build_seconds": build, "peak_mib": peak, **_asked(system.rank, data.test.texts[:count])}


def _keep(system: object, kept: Path) -> None:
    import numpy as np  # noqa: PLC0415

    from bot.matching.deciding.storage import to_arrays  # noqa: PLC0415

    np.savez(kept / "model.npz", **to_arrays(system.ranking.model))  # type: ignore[attr-defined,arg-type]


def _cached(folder: Path, _: str, kept: str) -> Figures:
    """From the start of loading to a matcher that has answered, as the command does it."""
    start = time.perf_counter()
    import numpy as np  # noqa: PLC0415

    from bot.matching.deciding.storage import from_arrays  # noqa: PLC0415

    with np.load(Path(kept) / "model.npz", allow_pickle=False) as stored:
        model = from_arrays(dict(stored), ())
    labels = Part(("",), ("",))
    system = ranking_of(corpus_of(labels, Part((), ())), model)
    system.entries = tuple(f"entry {number}" for number in range(model.index.count))
    system.decide("what is the weather like", "en")
    seconds = time.perf_counter() - start
    return {"build_seconds": seconds, "peak_mib": _peak()}


def _growth(folder: Path, name: str, _: str) -> Figures:
    entries, variants = map(int, name.split("x"))
    chosen = _made(read(folder / "clinc150.jsonl").train.inside(), entries, variants)
    validation = _every(chosen, 500)
    start = time.perf_counter()
    system = SYSTEMS["ours"](chosen, validation)
    build = time.perf_counter() - start
    figures = {"entries": entries, "variants": variants, "build_seconds": build, "peak_mib": _peak()}
    return {**figures, **_asked(system.rank, _every(chosen, 300).texts)}


def _made(train: Part, entries: int, variants: int) -> Part:
    """So many labels: where there are too few, the texts are used again with a word more, under other labels."""
    copies = -(-entries // len(set(train.labels)))
    rows = [
        (f"{text} variant{copy}" if copy else text, f"{label} {copy}")
        for copy in range(copies)
        for text, label in zip(train.texts, train.labels, strict=True)
    ]
    labels = set(sorted({label for _, label in rows})[:entries])
    kept = [row for row in rows if row[1] in labels]
    return few(Part(tuple(text for text, _ in kept), tuple(label for _, label in kept)), variants, 0)


def _every(part: Part, count: int) -> Part:
    """About so many of the texts, evenly chosen."""
    step = max(1, len(part.texts) // count)
    return Part(part.texts[::step], part.labels[::step])


def _asked(rank: Callable[[str], object], texts: tuple[str, ...]) -> Figures:
    milliseconds = []
    for text in texts:
        start = time.perf_counter()
        rank(text)
        milliseconds.append((time.perf_counter() - start) * 1000)
    milliseconds.sort()
    return {"p50_ms": milliseconds[len(milliseconds) // 2], "p99_ms": milliseconds[int(len(milliseconds) * 0.99)]}


def _peak(status: str = "") -> float:
    """A process's own peak memory in MiB, from its status as Linux tells it; by default this one's.

    What getrusage tells counts the parent's memory, too.
    """
    told = status or Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in told.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    measure = {"system": _system, "cached": _cached, "growth": _growth}[sys.argv[1]]
    print(json.dumps(measure(Path(sys.argv[2]), sys.argv[3], sys.argv[4])))
