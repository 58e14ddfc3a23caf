"""The `train` command: learns the category weights anew, and reports grouped cross-validation before it writes them."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.build.train_groups import FOLDS, folds, group
from workstation.build.train_model import Lessons, Linear, fit, wordlike
from workstation.build.train_report import FULL, Held, Quality, calibrate, hold_out, qualities, uncovered_line
from workstation.build.train_rows import (
    Message,
    ReadingFile,
    lessons,
    read_messages,
    read_reading,
    speaks_of_uncovered,
)
from workstation.build.train_weights import Facts, packed
from workstation.domain.errors import InvalidValue, WorkstationError

if TYPE_CHECKING:
    from workstation.build.train_groups import Numbers

SURE_AT = 0.5
"""Below this probability of the first label every second suggestion is wrong: better to say so."""

UNCOVERED_AT = 0.4

_MODELS = Path(__file__).parents[2] / "resources" / "models"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The messages in the order that training wants: raw and labelled ones first."""

    messages: list[Message]
    names: tuple[str, ...]
    labels: "Numbers"
    groups: "Numbers"
    raw: int


@dataclass(frozen=True, slots=True)
class Trained:
    """What training found: the file to write and how good it is."""

    weights: bytes
    qualities: list[Quality]


def main(argv: Sequence[str]) -> int:
    """Train from the messages that the arguments name, and write the weights unless they are worse than wanted."""
    import sklearn.linear_model  # noqa: F401 -- only libraries that are loaded can be held to one thread
    from threadpoolctl import threadpool_limits

    chosen = _arguments().parse_args(argv)
    try:
        messages, unlabelled = read_all(chosen.messages, chosen.records)
        with threadpool_limits(1):  # several threads add up in another order, and the bytes would differ
            trained = train(messages, unlabelled, read_reading(chosen.reading))
    except (WorkstationError, OSError) as error:
        print(f"train: {error}", file=sys.stderr)  # noqa: T201 -- a command speaks on its streams
        return 2
    full = next(q for q in trained.qualities if q.length == FULL)
    if full.macro_f1 < chosen.least_f1:
        print(f"not written: macro-F1 {full.macro_f1:.4f} is below {chosen.least_f1}", file=sys.stderr)  # noqa: T201
        return 1
    if not chosen.report_only:
        chosen.out.write_bytes(trained.weights)
        print(f"written: {chosen.out} ({len(trained.weights)} bytes)")  # noqa: T201
    return 0


def train(messages: Sequence[Message], unlabelled: Sequence[Message], reading: ReadingFile) -> Trained:
    """Cross-validate, print what came out, then fit on everything.

    Raises:
        InvalidValue: Fewer than two labels, or a label with too few unrelated messages to be tested.
    """
    import numpy as np

    reader = reading.reader()
    corpus = _corpus(messages, [m for m in unlabelled if speaks_of_uncovered(m, reading)], reading)
    fold = folds(corpus.groups, corpus.labels)
    items = Lessons(lessons(corpus.messages, reader), corpus.labels, corpus.groups)
    spoken = [reader.spoken(message.text) for message in corpus.messages]
    views = hold_out(items, fold, spoken, reader, len(corpus.names))
    raw = [Held(v.length, v.scores[: corpus.raw], v.sizes[: corpus.raw]) for v in views]
    measured = qualities(raw, corpus.labels[: corpus.raw], fold)
    unsure = uncovered_line(views[-1].scores[:, -1], corpus.labels, corpus.raw, UNCOVERED_AT)
    report = (*(str(quality) for quality in measured), unsure)
    print(_headline(corpus), *report, sep="\n", flush=True)  # noqa: T201
    knots = calibrate(raw, corpus.labels[: corpus.raw], np.arange(corpus.raw))
    model = fit(items)
    facts = Facts(
        corpus.names, reading.openings, reading.masks, tuple(knots), SURE_AT, UNCOVERED_AT, len(items.items), report
    )
    return Trained(_packed(model, items, facts), measured)


def _packed(model: Linear, items: Lessons, facts: Facts) -> bytes:
    return packed(model, wordlike(model.ngrams, [lesson.text for lesson in items.items if lesson.weight == 1]), facts)


def _corpus(labelled: Sequence[Message], uncovered: Sequence[Message], reading: ReadingFile) -> Corpus:
    """Give labels and groups their numbers; an uncovered message that is a twin of a labelled one is left out."""
    import numpy as np

    names = tuple(sorted({message.label for message in labelled}))
    ordered = [*(m for m in labelled if m.raw), *(m for m in labelled if not m.raw)]
    messages = [*ordered, *(Message(m.text, "", m.title) for m in uncovered)]
    reader = reading.reader()
    groups = group([reader.folded(reader.spoken(message.text)) for message in messages])
    labels = np.array([names.index(m.label) if m.label else -1 for m in messages], dtype=np.int64)
    known = set(groups[labels >= 0].tolist())
    kept = [at for at, number in enumerate(groups.tolist()) if labels[at] >= 0 or number not in known]
    _check(names, labels, groups)
    raw = sum(m.raw for m in labelled)
    return Corpus([messages[at] for at in kept], names, labels[kept], groups[kept], raw)


def _check(names: Sequence[str], labels: "Numbers", groups: "Numbers") -> None:
    """Refuse what cannot be cross-validated."""
    if len(names) < 2:  # noqa: PLR2004 -- with one label there is nothing to tell apart
        raise InvalidValue("label", "too_few_labels", found=len(names))
    for number, name in enumerate(names):
        unrelated = len(set(groups[labels == number].tolist()))
        if unrelated < FOLDS:
            raise InvalidValue("label", "too_few_messages", label=name, found=unrelated, least=FOLDS)


def _headline(corpus: Corpus) -> str:
    counts = Counter("raw" if m.raw else "segmented" for m in corpus.messages if m.label)
    uncovered = int((corpus.labels < 0).sum())
    return (
        f"grouped {FOLDS}-fold cross-validation: {counts['raw']} raw rows are scored; learnt besides: "
        f"{counts['segmented']} segmented rows and {uncovered} that no label covers; "
        f"{len(set(corpus.groups.tolist()))} groups"
    )


def read_all(folder: Path | None, records: Sequence[Path]) -> tuple[list[Message], list[Message]]:
    """Read the station's own records and the messages of the reference folder, labelled and unlabelled."""
    labelled = [message for path in records for message in read_messages(path) if message.label]
    if folder is None:
        return labelled, []
    labelled += read_messages(folder / "train.csv.xz")
    labelled += read_messages(folder / "train_segonly.csv.xz", raw=False)
    return labelled, read_messages(folder / "unlabelled.csv.xz")


def _arguments() -> argparse.ArgumentParser:
    reference = Path(os.environ.get("WORKSTATION_REFERENCE", "../shared")) / "data" / "messages"
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    parser.add_argument("--messages", type=Path, default=reference, help="folder of the reference messages")
    parser.add_argument(
        "--no-messages", dest="messages", action="store_const", const=None, help="learn from --records alone"
    )
    parser.add_argument(
        "--records", type=Path, action="append", default=[], help="CSV of confirmed records: text, label, maybe title"
    )
    parser.add_argument("--reading", type=Path, default=_MODELS / "reading.yaml", help="how notes are read")
    parser.add_argument("--out", type=Path, default=_MODELS / "categories.weights", help="the weights file to write")
    parser.add_argument("--least-f1", type=float, default=0.0, help="write only if macro-F1 reaches this")
    parser.add_argument("--report-only", action="store_true", help="measure, write nothing")
    return parser
