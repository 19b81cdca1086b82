"""Train the verifier of FOLD: `python -m tests.eval.train_fold [--check] [--to FILE]`.

Reads `stories/train.jsonl.gz` and the training half of the real texts, and takes the pairs that the
candidate keys of the signature would bring together, and pairs made for what these show too seldom;
those that are never scored are left out. Fits boosted trees on their features. Features that mean
agreement in the facts may only raise the score, so that the model cannot learn the quirks of how
the data was made. Two runs write the same bytes.
"""

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

import service.fold.verify
from service.contract.extracted import Signature
from service.fold.candidates.index import STOP_KEY_POSTINGS, keys_of
from service.fold.verify.features import Features, compare, is_near
from service.fold.verify.text_record import unpack
from service.fold.verify.verifier import LINK, MODEL
from service.text.signature import sign
from tests.bench.figures import shared_data
from tests.eval.made_texts import reword, tellings, twin
from tests.eval.train_real import real_pairs

DATA = shared_data()
COPIES, OTHERS, RANDOM_OTHERS = 6, 8, 4
"""Pairs taken for one text at most: with copies of it, with the others that share most keys, and
with others by lot."""

REAL_WEIGHT = 1.0
MADE_WEIGHT = 2.0
"""Made pairs are few beside the recorded ones; each counts as this many."""

RISING = frozenset(
    {
        "containment",
        "key_threes",
        "anchors",
        "names",
        "numbers",
        "solid",
        "all_names",
        "all_numbers",
        "bag",
        "cosine",
    }
)
FALLING = frozenset({"clash", "lost"})
NAMES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs: features (one row each), whether they are copies, and a group by story."""

    features: npt.NDArray[np.float64]
    copies: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


def load_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def candidates(signatures: list[Signature]) -> list[list[int]]:
    """For each text the earlier ones that share keys as the index asks, those with most first."""
    holders: dict[int, list[int]] = defaultdict(list)
    keys = [keys_of(signature).tolist() for signature in signatures]
    for number, own in enumerate(keys):
        for key in own:
            holders[key].append(number)
    found = []
    for number, own in enumerate(keys):
        pairs: Counter[int] = Counter()
        shingles: Counter[int] = Counter()
        for key in own:
            if len(holders[key]) <= STOP_KEY_POSTINGS:
                (shingles if key & 1 else pairs).update(o for o in holders[key] if o < number)
        chosen = {other for other, shared in pairs.items() if shared >= 2} | set(shingles)
        found.append(sorted(chosen, key=lambda o: (-pairs[o] - shingles[o], o)))
    return found


def row_of(found: Features) -> list[float]:
    """The features of a pair as a row; unknown ones are NaN."""
    return [float("nan") if value is None else float(value) for value in astuple(found)]


def collect_real(data: Path) -> Pairs:
    """Pairs of real texts (see `tests.eval.train_real`)."""
    features, copies, events = [], [], []
    for one, other, copy, event in real_pairs(data):
        found = compare(one, other)
        if is_near(found):
            features.append(row_of(found))
            copies.append(copy)
            events.append(event)
    groups = {event: -n for n, event in enumerate(sorted(set(events)), start=1)}
    return Pairs(
        np.array(features),
        np.array(copies),
        np.array([groups[event] for event in events]),
        np.full(len(copies), REAL_WEIGHT),
    )


def collect(rows: list[dict[str, Any]]) -> Pairs:
    signatures = [sign(row["text"], "en") for row in rows]
    texts = [unpack(signature.record) for signature in signatures]
    lot = random.Random(1)
    features, copies, groups = [], [], []
    stories = {story: n for n, story in enumerate(sorted({row["story"] for row in rows}))}
    for number, others in enumerate(candidates(signatures)):
        story = rows[number]["story"]
        same = [other for other in others if rows[other]["story"] == story]
        rest = [other for other in others if rows[other]["story"] != story]
        chosen = lot.sample(same, min(COPIES, len(same))) + rest[:OTHERS]
        chosen += lot.sample(rest[OTHERS:], min(RANDOM_OTHERS, len(rest[OTHERS:])))
        for other in chosen:
            found = compare(texts[number], texts[other])
            if not is_near(found):
                continue
            features.append(row_of(found))
            copies.append(rows[other]["story"] == story)
            groups.append(stories[story])
    return Pairs(np.array(features), np.array(copies), np.array(groups), np.ones(len(copies)))


def made(rows: list[dict[str, Any]]) -> Pairs:
    """Pairs of a kind that the recorded texts hold too few of (see `tests.eval.made_texts`)."""
    lot = random.Random(2)
    words = [word for row in rows for word in row["text"].split() if word.isalpha()]
    plain = [word for word in words if word.islower()]
    names = [word for word in words if word[0].isupper()]
    stories = {story: n for n, story in enumerate(sorted({row["story"] for row in rows}))}
    copies_of: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        copies_of[row["story"]].append(row["text"])
    features, copies, groups = [], [], []

    def take(one: str, other: str, story: str, *, copy: bool) -> None:
        texts = [unpack(sign(text, "en").record) for text in (one, other)]
        found = compare(*texts)
        if not is_near(found):
            return
        features.append(row_of(found))
        copies.append(copy)
        groups.append(stories[story])

    for row in rows:
        if row["kind"] != "original":
            continue
        text, story = row["text"], row["story"]
        for _ in range(2):
            other = reword(text, lot, plain, lot.uniform(0.3, 0.95))
            take(text, other, story, copy=True)
            take(lot.choice(copies_of[story]), other, story, copy=True)
            twinned = twin(text, lot, names)
            if twinned is None:
                continue
            take(text, twinned, story, copy=False)
            take(text, reword(twinned, lot, plain, lot.uniform(0.0, 0.2)), story, copy=False)
        one, other = tellings(text, lot)
        take(one, other, story, copy=False)
        take(one, reword(other, lot, plain, lot.uniform(0.0, 0.6)), story, copy=False)
    weights = np.full(len(copies), MADE_WEIGHT)
    return Pairs(np.array(features), np.array(copies), np.array(groups), weights)


def together(*parts: Pairs) -> Pairs:
    return Pairs(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.copies for part in parts]),
        np.concatenate([part.groups for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def classifier(
    rising: frozenset[str] = RISING,
    falling: frozenset[str] = FALLING,
    names: Sequence[str] = NAMES,
    leaves: int = 16,
) -> HistGradientBoostingClassifier:
    """A model to be fitted; `rising` and `falling` are features that may only raise or lower it."""
    return HistGradientBoostingClassifier(
        max_iter=150,
        max_leaf_nodes=leaves,
        max_depth=5,
        learning_rate=0.1,
        min_samples_leaf=40,
        l2_regularization=1.0,
        monotonic_cst=[(n in rising) - (n in falling) for n in names],
        early_stopping=False,
        random_state=1,
    )


def check(pairs: Pairs, parts: Sequence[tuple[str, int]]) -> None:
    """Print how the model does on stories that it was not fitted on.

    Args:
        parts: name and number of pairs of each kind, in order.
    """
    scores = np.zeros(len(pairs.copies))
    for fitted, held in GroupKFold(4).split(pairs.features, pairs.copies, pairs.groups):
        model = classifier().fit(
            pairs.features[fitted], pairs.copies[fitted], sample_weight=pairs.weights[fitted]
        )
        scores[held] = model.predict_proba(pairs.features[held])[:, 1]
    begin = 0
    for name, count in parts:
        part = slice(begin, begin + count)
        begin += count
        for threshold in (0.5, LINK, 0.9):
            linked, copies = scores[part] >= threshold, pairs.copies[part]
            right = (linked & copies).sum()
            print(
                f"held-out folds, {name} pairs, link at {threshold}: "
                f"P {right / linked.sum():.4f} R {right / copies.sum():.4f}"
            )


def export(model: HistGradientBoostingClassifier, names: Sequence[str]) -> bytes:
    """The fitted trees as JSON (see `service.fold.verify.verifier`), with the names of their
    columns."""
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        inner = nodes["is_leaf"] == 0
        trees.append(
            {
                "column": np.where(inner, nodes["feature_idx"], 0).tolist(),
                "threshold": [
                    round(float(v), 6) for v in np.where(inner, nodes["num_threshold"], 0)
                ],
                "left": np.where(inner, nodes["left"], 0).tolist(),
                "right": np.where(inner, nodes["right"], 0).tolist(),
                "unknown_left": np.where(inner, nodes["missing_go_to_left"], 0).tolist(),
                "value": [round(float(v), 5) for v in np.where(inner, 0.0, nodes["value"])],
            }
        )
    bias = round(float(np.ravel(model._baseline_prediction)[0]), 5)
    return orjson.dumps({"features": names, "bias": bias, "trees": trees}) + b"\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--check", action="store_true", help="cross-validate first")
    parser.add_argument("--to", type=Path, help="write elsewhere than into the service")
    options = parser.parse_args()
    rows = load_rows(options.data / "stories" / "train.jsonl.gz")
    parts = {"recorded": collect(rows), "made": made(rows)}
    parts["real"] = collect_real(options.data / "real")
    pairs = together(*parts.values())
    print(f"{len(pairs.copies)} candidate pairs, {int(pairs.copies.sum())} of them copies")
    if options.check:
        check(pairs, [(name, len(part.copies)) for name, part in parts.items()])
    model = classifier().fit(pairs.features, pairs.copies, sample_weight=pairs.weights)
    target = options.to or Path(service.fold.verify.__path__[0]) / MODEL
    target.write_bytes(export(model, NAMES))
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
