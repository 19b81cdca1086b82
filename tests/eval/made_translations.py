"""Translations made by rule, as streams of concepts, and what only resembles one.

A translation keeps some of the concepts of its original: most numbers, the names that are
transcribed to the same consonants, the words that the lexicon calls by the same English one. How
many differs by language, so the shares are drawn by lot for each text. What only resembles a
translation is made the same way from a text whose names, or numbers, or both are others, or from
another report of the event.
"""

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from service.link.features import LEAST_FACT_WEIGHT
from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts

Row = tuple[int, float, int, int]
"""An id, its weight, its token and its sentence."""


def rows_of(text: Concepts) -> list[Row]:
    """The ids of a text, one row each."""
    columns = (text.ids, text.weights, text.tokens, text.sentences)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def from_rows(rows: Sequence[Row], words: int) -> Concepts:
    """The text that has these rows; its sentences are numbered anew."""
    ordered = sorted(rows, key=lambda row: (row[3], row[2]))
    sentences: npt.NDArray[np.int64] = np.unique(
        [row[3] for row in ordered] or [0], return_inverse=True
    )[1][: len(ordered)]
    tokens = np.sort(np.array([row[2] for row in ordered], dtype=np.int32))
    return Concepts(
        ids=np.array([row[0] for row in ordered], dtype=np.uint32),
        weights=np.array([row[1] for row in ordered], dtype=np.float32),
        tokens=tokens,
        sentences=sentences.astype(np.int32),
        words=max(words, 1),
    )


class Pool:
    """Ids of many texts by kind, to take others from."""

    def __init__(self, texts: Sequence[Concepts]) -> None:
        self.of_kind: dict[int, list[tuple[int, float]]] = {WORD: [], NAME: [], NUMBER: []}
        for text in texts:
            for own, weight, _, _ in rows_of(text):
                self.of_kind[own >> 24].append((own, weight))

    def other(self, kind: int, lot: random.Random) -> tuple[int, float]:
        """An id of a kind, as frequent ones are."""
        return lot.choice(self.of_kind[kind])


def translated(text: Concepts, pool: Pool, lot: random.Random) -> Concepts:
    """Return a translation of a text by rule."""
    kept_share = {  # as the training half of the translated documents keeps them
        WORD: lot.uniform(0.0, 0.5),
        NAME: lot.uniform(0.1, 0.8),
        NUMBER: lot.uniform(0.65, 1.0),
    }
    replaced = lot.uniform(0.1, 0.9)
    moved = lot.uniform(0.0, 5.0)
    faster = lot.uniform(0.7, 1.4)
    end = lot.uniform(0.6, 1.0) if lot.random() < 0.25 else 1.0
    kept: dict[int, bool] = {}
    others: dict[int, tuple[int, float]] = {}
    rows: list[Row] = []
    shift = 0
    last = -1
    for own, weight, token, sentence in rows_of(text):
        if token > end * text.words:
            break
        if sentence != last:
            shift += lot.random() < 0.12
            shift -= lot.random() < 0.12
            last = sentence
        kind = own >> 24
        whole = kind != WORD or lot.random() < 0.6
        stays = lot.random() < kept_share[kind]
        if whole:
            stays = kept.setdefault(own, stays)
        place = round((token + lot.gauss(0.0, moved)) * faster)
        if stays:
            rows.append((own, weight, max(place, 0), sentence + shift))
        elif lot.random() < replaced:
            other = others.setdefault(own, pool.other(kind, lot))
            rows.append((*other, max(place, 0), sentence + shift))
    return from_rows(rows, round(text.words * end * faster))


def swapped(text: Concepts, pool: Pool, lot: random.Random, kinds: Sequence[int]) -> Concepts:
    """Return a text with most ids of some kinds replaced by others, each by the same throughout."""
    share = lot.uniform(0.7, 1.0)
    others: dict[int, tuple[int, float]] = {}
    rows = []
    for own, weight, token, sentence in rows_of(text):
        if own >> 24 in kinds:
            if own not in others:
                stays = lot.random() >= share
                others[own] = (own, weight) if stays else pool.other(own >> 24, lot)
            rows.append((*others[own], token, sentence))
        else:
            rows.append((own, weight, token, sentence))
    return from_rows(rows, text.words)


def reported(text: Concepts, pool: Pool, lot: random.Random) -> Concepts:
    """Return another report of the event: some of the facts, in other sentences and another
    order."""
    share = {
        WORD: lot.uniform(0.15, 0.5),
        NAME: lot.uniform(0.3, 0.8),
        NUMBER: lot.uniform(0.1, 0.5),
    }
    rows = rows_of(text)
    count = (rows[-1][3] if rows else 0) + 1
    order = lot.sample(range(count), count)
    kept: dict[int, bool] = {}
    made: list[Row] = []
    for own, weight, token, sentence in rows:
        stays = kept.setdefault(own, lot.random() < share[own >> 24])
        other = (own, weight) if stays else pool.other(own >> 24, lot)
        moved = order[sentence] if lot.random() < 0.8 else lot.randrange(count)
        made.append((*other, token, moved))
    return from_rows(made, text.words)


def joined(texts: Sequence[Concepts]) -> Concepts:
    """Return one long text of several."""
    rows: list[Row] = []
    words = sentences = 0
    for text in texts:
        own = rows_of(text)
        rows += [(i, weight, token + words, number + sentences) for i, weight, token, number in own]
        words += text.words
        sentences += own[-1][3] + 1 if own else 0
    return from_rows(rows, words)


def thinned(text: Concepts, lot: random.Random) -> Concepts:
    """Return a text that may lack numbers, or most of its names: many texts have few."""
    without = {
        NUMBER: lot.choice((0.0, 0.0, 0.5, 0.8, 1.0)),
        NAME: lot.choice((0.0, 0.0, 0.0, 0.5, 0.9)),
        WORD: lot.choice((0.0, 0.0, 0.3)),
    }
    gone: dict[int, bool] = {}
    rows = [
        row
        for row in rows_of(text)
        if not gone.setdefault(row[0], lot.random() < without[row[0] >> 24])
    ]
    return from_rows(rows, text.words)


def facts(text: Concepts, kinds: Sequence[int]) -> int:
    """How many different names or numbers a text has."""
    found = zip(text.ids.tolist(), text.weights.tolist(), strict=True)
    return len({own for own, weight in found if own >> 24 in kinds and weight >= LEAST_FACT_WEIGHT})


def beginning(text: Concepts, words: int) -> Concepts:
    """Return the first words of a text."""
    rows = [row for row in rows_of(text) if row[2] < words]
    return from_rows(rows, min(words, text.words))
