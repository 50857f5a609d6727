"""How well and how fast questions are matched, on public data sets and on the real knowledge, beside other matchers.

    python -m tests.benchmarks.matching DATA [--questions FOLDER] [--markdown FILE] [--json FILE]

DATA is a folder with `clinc150.jsonl` and `banking77.jsonl`, each line `{"split", "intent", "text"}`; intent `oos` is
out of scope. FOLDER holds labelled questions (`questions-in-scope.yaml`, `questions-out-of-scope.yaml`). Thresholds and
settings come from the validation part only; everything is measured in one run.

    data       reading, typos, samples of few variants
    systems    the bot's matcher and its peers, each trained on texts with labels
    measures   top-1, AUROC, thresholds
    quality    the tables on public data
    knowledge  the table on the real knowledge
    cost       time and memory, each in a process of its own
    report     Markdown
"""
