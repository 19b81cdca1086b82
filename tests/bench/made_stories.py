"""Stories as FOLD tells them to LINK, made of recorded ones: other names, numbers and words in
texts of real length and order, some of them in several languages."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from service.contract.identity import article_uri, digest
from service.contract.story_concepts import StoryConcepts
from service.link.guards import LEAST_WORDS
from service.text.concepts.packed import pack_concepts
from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts, concepts
from tests.eval.linked_rows import LinkedRow, load_window

Ids = npt.NDArray[np.uint32]

TRANSLATED = 0.1
"""Share of the texts that come in several languages."""

ENGLISH = 0.4
"""Share of English of the others; other languages have equal shares of the rest."""

EVENT, TOPIC = 8, 64
"""Texts of one event, and of one topic."""

CAST = {EVENT: (8, 4), TOPIC: (16, 2)}
"""Names and numbers that an event and a topic have."""

OF_EVENT, OF_TOPIC = 0.3, 0.3
"""Share of a text's names and numbers that are of its event, and of its topic. The rest is
anyone's: drawn from all texts, as often as they have it."""

OTHER_WORDS = 0.4
"""Share of a text's words that are replaced by others."""

MOST_LANGUAGES = 4


class StoryMaker:
    """Makes stories; the same ones in every run."""

    def __init__(self, rows: Sequence[LinkedRow]) -> None:
        """Take recorded texts; those that are too short to be linked are left out."""
        texts = [(row, concepts(row.text, row.language)) for row in rows]
        texts = [(row, text) for row, text in texts if text.words >= LEAST_WORDS]
        documents: dict[str, dict[str, Concepts]] = defaultdict(dict)
        languages: dict[str, list[Concepts]] = defaultdict(list)
        for row, text in texts:
            languages[row.language].append(text)
            if not row.beside:
                documents[row.document].setdefault(row.language, text)
        self._translated = [own for own in documents.values() if len(own) > 1]
        self._languages = {name: own for name, own in languages.items() if len(own) >= _LEAST}
        self._pools = {kind: _pool([text for _, text in texts], kind) for kind in _KINDS}
        self._weights = _weights([text for _, text in texts])
        self._lot = np.random.default_rng(1)
        self._choice = random.Random(1)
        self._casts: dict[int, dict[int, Ids]] = {}
        self._made = 0

    def stories(self, count: int) -> Iterator[StoryConcepts]:
        """So many further stories; translations follow one another at some distance."""
        waiting: list[StoryConcepts] = []
        for _ in range(count):
            if len(waiting) < _WAITING:
                waiting += self._document()
            place = self._choice.randrange(len(waiting))
            waiting[place], waiting[-1] = waiting[-1], waiting[place]
            yield waiting.pop()

    def _document(self) -> list[StoryConcepts]:
        """One text, in one language or in some."""
        choice = self._choice
        if choice.random() < TRANSLATED / 3:
            versions = dict(choice.choice(self._translated))
            names = choice.sample(sorted(versions), min(len(versions), MOST_LANGUAGES))
            versions = {name: versions[name] for name in names}
        else:
            others = [name for name in sorted(self._languages) if name != "en"]
            language = "en" if choice.random() < ENGLISH else choice.choice(others)
            versions = {language: choice.choice(self._languages[language])}
        self._made += 1
        old = np.unique(np.concatenate([text.ids for text in versions.values()]))
        new = self._others(old)
        return [
            self._story(language, _renamed(text, old, new, self._weights))
            for language, text in versions.items()
        ]

    def _others(self, old: Ids) -> Ids:
        """What takes the place of each id."""
        new = old.copy()
        for kind in _KINDS:
            own = np.flatnonzero(old >> 24 == kind)
            drawn = self._lot.choice(self._pools[kind], len(own))
            share = self._lot.random(len(own))
            if kind == WORD:
                drawn = np.where(share < OTHER_WORDS, drawn, old[own])
            else:
                event, topic = (self._cast(size)[kind] for size in (EVENT, TOPIC))
                drawn = np.where(share < OF_EVENT, self._lot.choice(event, len(own)), drawn)
                of_topic = (share >= OF_EVENT) & (share < OF_EVENT + OF_TOPIC)
                drawn = np.where(of_topic, self._lot.choice(topic, len(own)), drawn)
            new[own] = drawn
        return new

    def _cast(self, size: int) -> dict[int, Ids]:
        """Names and numbers of one of the groups of texts of this size that are being told of."""
        if size not in self._casts or self._made % size == 0:
            self._casts[size] = {
                kind: self._lot.choice(self._pools[kind], number)
                for kind, number in zip((NAME, NUMBER), CAST[size], strict=True)
            }
        return self._casts[size]

    def _story(self, language: str, text: Concepts) -> StoryConcepts:
        number = self._choice.randrange(2**48)
        host = f"host{number % 5000}.example"
        url = f"https://{host}/news/2026/01/01/a-headline-of-some-words-{number}"
        return StoryConcepts(
            story=f"urn:copydesk:story:{digest(url)}",
            language=language,
            headline=f"A headline of some nine words or so, number {number}",
            uri=article_uri(url),
            url=url,
            host=host,
            published="2026-01-01T09:00:00+00:00",
            seen="2026-01-01T09:05:00+00:00",
            time="2026-01-01T09:05:00+00:00",
            concepts=pack_concepts(text),
        )


_KINDS = (WORD, NAME, NUMBER)
_LEAST = 50
_WAITING = 200


def recorded(data: Path) -> list[LinkedRow]:
    """The recorded texts: the training half of the data."""
    return load_window("train", data)


def _pool(texts: Sequence[Concepts], kind: int) -> Ids:
    """The ids of a kind, each as often as there are texts that have it."""
    return np.concatenate([np.unique(text.ids[text.kinds == kind]) for text in texts])


def _weights(texts: Sequence[Concepts]) -> dict[int, float]:
    """Weight of each id, as a text has it."""
    found: dict[int, float] = {}
    for text in texts:
        found.update(zip(text.ids.tolist(), text.weights.tolist(), strict=True))
    return found


def _renamed(text: Concepts, old: Ids, new: Ids, weights: dict[int, float]) -> Concepts:
    ids = new.take(old.searchsorted(text.ids))
    return Concepts(
        ids=ids,
        weights=np.array([weights[id] for id in ids.tolist()], dtype=np.float32),
        tokens=text.tokens,
        sentences=text.sentences,
        words=text.words,
    )
