"""The concepts of a text with the characters that each was made of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xxhash

from service.fold.explain.printed import Printed, locate_tokens
from service.text.concepts.stream import Concepts, concept_words, concepts
from service.text.language_groups import language_group
from service.text.tokens import Tokens, words_by_sentence


@dataclass(frozen=True)
class Located:
    """A text, its tokens as printed, and the concepts of each.

    Attributes:
        printed: the tokens that concepts are made of.
        concepts: of the whole text, see `service.text.concepts.stream`.
    """

    printed: Printed
    concepts: Concepts

    @cached_property
    def of_token(self) -> list[dict[int, float]]:
        """The concepts of each token, with their weights."""
        found: list[dict[int, float]] = [{} for _ in self.printed.ids]
        rows = (each.tolist() for each in (self.concepts.ids, self.concepts.weights))
        for id, weight, token in zip(*rows, self.concepts.tokens.tolist(), strict=True):
            if token < len(found):
                found[token][id] = weight
        return found

    @cached_property
    def by_sentence(self) -> list[list[int]]:
        """The tokens of each sentence."""
        found: list[list[int]] = [[] for _ in self.printed.sentences]
        for token, number in enumerate(self.printed.sentence_of):
            found[number].append(token)
        return found

    @cached_property
    def first(self) -> dict[int, int]:
        """The token at which each concept stands first."""
        places: dict[int, int] = {}
        for token, ids in enumerate(self.of_token):
            for id in ids:
                places.setdefault(id, token)
        return places

    def word(self, id: int) -> str:
        """Return a concept of the text as it is printed first."""
        return self.printed.word(self.first[id])

    def weight(self, id: int) -> float:
        """Return the weight of a concept of the text."""
        return self.of_token[self.first[id]][id]


def locate_concepts(text: str, language: str) -> Located:
    """Return a text with the characters of each concept.

    Args:
        language: BCP 47 tag.
    """
    return Located(locate_tokens(text, language, _tokens), concepts(text, language))


def _tokens(text: str, language: str, limit: int) -> Tokens:
    """The words of a text as tokens that are told apart by their spelling alone."""
    ids: list[int] = []
    sentences: list[int] = []
    sentences_of = words_by_sentence(text, language, limit)
    for number, words in enumerate(concept_words(sentences_of, language_group(language))):
        ids += [xxhash.xxh3_64_intdigest(word.encode()) for word in words]
        sentences += [number] * len(words)
    ids, sentences = ids[:limit], sentences[:limit]
    return Tokens(
        ids=np.array(ids, dtype=np.uint64),
        zipf=np.zeros(len(ids), dtype=np.float32),
        kinds=np.zeros(len(ids), dtype=np.uint8),
        sentences=np.array(sentences, dtype=np.uint16),
    )
