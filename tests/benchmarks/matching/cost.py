"""Time and memory. Each measurement is a process of its own with one thread; it prints its figures as JSON."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.matching.data import Part, few, read
from tests.benchmarks.matching.quality import Figures, Tick
from tests.benchmarks.matching.systems import SYSTEMS, corpus_of, ranking_of

_ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
_QUESTIONS = 1500
_SLOW_QUESTIONS = 150
_REPEATS = 5


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
    ask = [sys.executable, "-m", "bot", "ask", "Darf ich Angebote per WhatsApp verschicken?"]
    bare = [sys.executable, "-c", "import rapidfuzz, yaml, numpy"]
    _run(ask)
    return {"ask": _run(ask), "bare": _run(bare)}


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


def _run(command: list[str]) -> Figures:
    """The median of some runs of a whole process, and its peak memory."""
    seconds = []
    peak = 0.0
    for _ in range(_REPEATS):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
    return {"seconds": sorted(seconds)[_REPEATS // 2], "peak_mib": peak}


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

    from bot.matching.storage import to_arrays  # noqa: PLC0415

    np.savez(kept / "model.npz", **to_arrays(system.ranking.model))  # type: ignore[attr-defined]


def _cached(folder: Path, _: str, kept: str) -> Figures:
    """From the start of loading to a matcher that has answered, as the command does it."""
    start = time.perf_counter()
    import numpy as np  # noqa: PLC0415

    from bot.matching.storage import from_arrays  # noqa: PLC0415

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
    train = read(folder / "clinc150.jsonl").train.inside()
    copies = -(-entries // len(set(train.labels)))
    rows = [
        (f"{text} variant{copy}" if copy else text, f"{label} {copy}")
        for copy in range(copies)
        for text, label in zip(train.texts, train.labels, strict=True)
    ]
    labels = sorted({label for _, label in rows})[:entries]
    part = Part(*map(tuple, zip(*(row for row in rows if row[1] in set(labels)), strict=True)))
    chosen = few(part, variants, 0)
    start = time.perf_counter()
    system = SYSTEMS["ours"](
        chosen,
        Part(chosen.texts[:: max(1, len(chosen.texts) // 500)], chosen.labels[:: max(1, len(chosen.texts) // 500)]),
    )
    build = time.perf_counter() - start
    asked = _asked(system.rank, chosen.texts[:: max(1, len(chosen.texts) // 300)])
    return {"entries": entries, "variants": variants, "build_seconds": build, "peak_mib": _peak(), **asked}


def _asked(rank: Callable[[str], object], texts: tuple[str, ...]) -> Figures:
    milliseconds = []
    for text in texts:
        start = time.perf_counter()
        rank(text)
        milliseconds.append((time.perf_counter() - start) * 1000)
    milliseconds.sort()
    return {"p50_ms": milliseconds[len(milliseconds) // 2], "p99_ms": milliseconds[int(len(milliseconds) * 0.99)]}


def _peak() -> float:
    """This process's peak memory in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    measure = {"system": _system, "cached": _cached, "growth": _growth}[sys.argv[1]]
    print(json.dumps(measure(Path(sys.argv[2]), sys.argv[3], sys.argv[4])))
