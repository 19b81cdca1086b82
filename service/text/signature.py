"""Text to signature: the keys by which copies are found, and the record to verify them with."""

from collections.abc import Iterable
from itertools import islice

import numpy as np

from service.contract.extracted import Signature
from service.contract.identity import digest
from service.text.anchors import anchor_pairs, is_anchor
from service.text.concepts.packed import pack_concepts
from service.text.concepts.stream import concepts_of
from service.text.hashing import shingle_hashes, smallest
from service.text.packed import MAX_TOKENS, pack
from service.text.sentence_marks import MOST_SENTENCES, distinct_marks, pack_marks
from service.text.sentences import sentences
from service.text.tokens import SentenceWords, tokens_of, words_by_sentence

RARE_PAIR_KEYS = 48
SHINGLE_KEYS = 32
SHINGLE_WORDS = 5


LEAST_LINKED_WORDS = 80
"""Shorter texts are signed without concepts: `service.link.guards` links none of them."""


def sign(
    text: str, language: str, notes: Iterable[str] = (), *, with_concepts: bool = False
) -> Signature:
    """Return the signature of a text in a language (BCP 47; `und` is treated as English).

    Texts that differ only in case, accents, quotes, dashes or white space have the same `exact`.

    Args:
        notes: correction notes that stand with the text: each counts as one of its sentences.
        with_concepts: sign also its concepts, by which translations are found.
    """
    words: Iterable[SentenceWords] = words_by_sentence(text, language, MAX_TOKENS)
    packed = None
    if with_concepts:
        words = list(words)
        packed = _packed_concepts(words, language)
    tokens = tokens_of(words, language, MAX_TOKENS)
    anchors = is_anchor(tokens.zipf, tokens.kinds)
    return Signature(
        exact=digest(np.ascontiguousarray(tokens.ids).tobytes().hex()),
        words=len(tokens),
        rare_pairs=tuple(smallest(anchor_pairs(tokens.ids, anchors), RARE_PAIR_KEYS).tolist()),
        shingles=tuple(smallest(shingle_hashes(tokens.ids, SHINGLE_WORDS), SHINGLE_KEYS).tolist()),
        record=pack(tokens),
        sentences=_packed_sentences(text, language, notes),
        concepts=packed,
    )


def _packed_concepts(words: Iterable[SentenceWords], language: str) -> str | None:
    found = concepts_of(words, language)
    return pack_concepts(found) if found.words >= LEAST_LINKED_WORDS else None


def _packed_sentences(text: str, language: str, notes: Iterable[str]) -> str | None:
    found = [*islice(sentences(text, language), MOST_SENTENCES + 1), *map(one_line, notes)]
    return pack_marks(distinct_marks(found))


def one_line(note: str) -> str:
    """Return a note without line breaks, as its fingerprint is made of it."""
    return " ".join(note.split())
