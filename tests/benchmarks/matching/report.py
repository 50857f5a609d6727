"""The figures as Markdown tables."""

from collections.abc import Iterator, Mapping, Sequence

from tests.benchmarks.matching.quality import Figures


def markdown(figures: Figures) -> str:
    return "\n".join(_lines(figures))


def _lines(figures: Figures) -> Iterator[str]:
    if "clinc" in figures:
        yield from _clinc("CLINC150, all variants", figures["clinc"])
        yield from _curve(figures["clinc"])
        yield from _clinc("CLINC150, 10 variants an intent, mean of 3 samples", figures["clinc_few"])
        yield from _banking(figures["banking"])
    if "real" in figures:
        yield from _real(figures["real"])
    if "cost" in figures:
        yield from _cost(figures["cost"], figures["start"])
    if "growth" in figures:
        yield from _growth(figures["growth"])


def _clinc(title: str, found: Mapping[str, Figures]) -> Iterator[str]:
    yield from _head(title, ("top-1", "one typo in 30 % of the longer words", "AUROC", "balanced: in scope / out"))
    for name, row in found.items():
        both = f"{row['balanced_inside']:.3f} / {row['balanced_outside']:.3f}"
        yield _row(name, (f"{row['top1']:.4f}", f"{row['top1_misspelt']:.4f}", f"{row['auroc']:.4f}", both))


def _curve(found: Mapping[str, Figures]) -> Iterator[str]:
    shares = [f"{point['accepted']:.0%} accepted" for point in next(iter(found.values()))["curve"]]
    yield from _head("In-scope accuracy / out-of-scope recall, by the share of questions in scope accepted", shares)
    for name, row in found.items():
        yield _row(name, [f"{point['inside']:.3f} / {point['outside']:.3f}" for point in row["curve"]])


def _banking(found: Mapping[str, Figures]) -> Iterator[str]:
    yield from _head("Banking77, top-1", ("all variants", "10 variants, mean of 3 samples"))
    for name, row in found.items():
        yield _row(name, (f"{row['top1']:.4f}", f"{row['top1_few']:.4f}"))


def _real(found: Mapping[str, Figures]) -> Iterator[str]:
    columns = ("right", "offered among three", "wrong", "missed", "out of scope, answered")
    count = next(iter(found.values()))
    yield from _head(f"Real knowledge, {count['inside']} questions in scope, {count['outside']} out of scope", columns)
    for name, row in found.items():
        yield _row(name, [f"{row[key]:.3f}" for key in ("right", "offered", "wrong", "missed", "false")])


def _cost(found: Mapping[str, Figures], start: Figures) -> Iterator[str]:
    columns = ("build or start, s", "question p50 / p99, ms", "peak, MiB")
    yield from _head("CLINC150 (15,000 variants), one thread", columns)
    for name, row in found.items():
        asked = f"{row['p50_ms']:.2f} / {row['p99_ms']:.2f}" if "p50_ms" in row else "–"
        yield _row(name, (f"{row['build_seconds']:.2f}", asked, f"{row['peak_mib']:.0f}"))
    yield from _head("Real knowledge: start to first answer", ("s", "peak, MiB"))
    for name, row in start.items():
        yield _row(name, (f"{row['seconds']:.2f}", f"{row['peak_mib']:.0f}"))


def _growth(found: Sequence[Figures]) -> Iterator[str]:
    yield from _head("Growth", ("variants each", "build, s", "question p50 / p99, ms", "peak, MiB"))
    for row in found:
        asked = f"{row['p50_ms']:.2f} / {row['p99_ms']:.2f}"
        cells = (str(row["variants"]), f"{row['build_seconds']:.1f}", asked, f"{row['peak_mib']:.0f}")
        yield _row(f"{row['entries']} entries", cells)


def _head(title: str, columns: Sequence[str]) -> Iterator[str]:
    yield from ("", f"**{title}**", "", _row("", columns), "|" + "---|" * (len(columns) + 1))


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"
