"""Measures everything and writes Markdown (and JSON)."""

import argparse
import json
import sys
from pathlib import Path

from tests.benchmarks.matching import cost, knowledge, quality, report
from tests.benchmarks.matching.data import read
from tests.benchmarks.matching.quality import Figures, Tick

#: How many steps each part has, for the progress bar.
_STEPS = {"public": 24, "real": 4, "cost": 6, "growth": 4}
_GROWTH = [(75, 50), (150, 50), (150, 100), (300, 100)]
_LARGEST = (1000, 100)


def main() -> None:
    options = _options()
    figures = _measured(options)
    written = report.markdown(figures)
    if options.markdown:
        options.markdown.write_text(written + "\n", encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(written)


def _measured(options: argparse.Namespace) -> Figures:
    try:
        from tqdm import tqdm  # noqa: PLC0415 - of the extra "bench", as the peers are
    except ImportError:
        sys.exit("The peers are missing: pip install '.[bench]'")
    steps = sum(_STEPS[part] for part in options.parts)
    with tqdm(total=steps, file=sys.stderr) as bar:

        def tick(what: str) -> None:
            bar.set_description(what)
            bar.update()

        return _parts(options, tick)


def _parts(options: argparse.Namespace, tick: Tick) -> Figures:
    figures: Figures = {}
    if "public" in options.parts:
        clinc = read(options.data / "clinc150.jsonl")
        figures["clinc"] = quality.clinc(clinc, tick)
        figures["clinc_few"] = quality.clinc_few(clinc, tick)
        figures["banking"] = quality.banking(read(options.data / "banking77.jsonl"), clinc, tick)
    if "real" in options.parts and options.questions:
        figures["real"] = knowledge.real(options.questions, tick)
    if "cost" in options.parts:
        figures["cost"] = cost.public(options.data, tick)
        figures["start"] = cost.real(tick)
    if "growth" in options.parts:
        sizes = [*_GROWTH, _LARGEST] if options.largest else _GROWTH
        figures["growth"] = cost.growth(options.data, sizes, tick)
    return figures


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.matching")
    parser.add_argument("data", type=Path, help="a folder with clinc150.jsonl and banking77.jsonl")
    parser.add_argument("--questions", type=Path, help="a folder with questions-in-scope.yaml and -out-of-scope.yaml")
    parser.add_argument("--parts", nargs="+", choices=sorted(_STEPS), default=sorted(_STEPS))
    parser.add_argument("--largest", action="store_true", help="growth up to 1,000 entries with 100 variants: minutes")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file, too")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    if not (options.data / "clinc150.jsonl").is_file():
        parser.error(f"{options.data} has no clinc150.jsonl: name the folder with the data sets")
    return options


if __name__ == "__main__":
    main()
