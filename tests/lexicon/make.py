"""Make the lexicon anew: `python -m tests.lexicon.make [--to FILE]`, as `make lexicon` runs it.

Two runs on one machine write the same file. On another kind of processor a few rows may differ,
since the sums of the encoder are rounded differently there; so the file is kept with the source.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

import service.text.concepts
from service.text.concepts.lexicon import (
    FILE,
    english_stem,
    listed_key,
    month_key,
    pack_lexicon,
    prefix_key,
    word_key,
)
from service.text.concepts.listed import LANGUAGES, listed_forms
from service.text.concepts.skeleton import skeleton
from service.text.script import plain_script
from service.text.stems import stemmer
from tests.lexicon.names import Named, cities, city_names, japanese_names, month_names, territories
from tests.lexicon.nearest import embed, nearest
from tests.lexicon.vocabulary import (
    chinese_words,
    english_bases,
    japanese_words,
    pieces,
    script,
    words_of,
)
from tests.lexicon.written import written_words

LEAST_SCORE, LEAST_COSINE = -0.02, 0.72
"""CSLS and cosine that a word needs to be called by an English one. By eye on 150 words of seven
scripts: below, most are fragments of words."""

SECOND_WITHIN = 0.08
"""CSLS that a second concept may be behind the first."""

LEAST_SHARE, LEAST_WORDS = 0.6, 2
"""First letters stand for a concept if this share of the words with them has it, and as many
words."""

_LIKE_HAN = ("CJK", "HIRAGANA", "KATAKANA")
_PLAINS = {"CJK": ("zh", "ja"), "HIRAGANA": ("ja",), "KATAKANA": ("ja",), "ARABIC": ("ar",)}


def plain_forms(word: str) -> Sequence[str]:
    """Return how a word may stand in texts, as these are looked up."""
    return tuple(
        dict.fromkeys(plain_script(word, language).casefold() for language in _languages(word))
    )


def _languages(word: str) -> Sequence[str]:
    return _PLAINS.get(script(word), ("und",))


def of_words(listed: Sequence[str], english: Sequence[bool]) -> dict[str, tuple[str, ...]]:
    """Return the concepts of the words that are not English, by word."""
    vectors = embed(listed)
    mask = np.array(english)
    theirs = [word for word, own in zip(listed, english, strict=True) if own]
    others = [word for word, own in zip(listed, english, strict=True) if not own]
    found, scores, cosines = nearest(vectors[~mask], vectors[mask], 4)
    rows: dict[str, tuple[str, ...]] = {}
    for number, word in enumerate(others):
        kept: list[str] = []
        for index, score, cosine in zip(
            found[number], scores[number], cosines[number], strict=True
        ):
            least = LEAST_SCORE if not kept else max(scores[number][0] - SECOND_WITHIN, 0.0)
            if score < least or cosine < LEAST_COSINE:
                break
            concept = english_stem(theirs[index].lower())
            if concept not in kept:
                kept.append(concept)
        if kept:
            rows[word] = tuple(kept[:2])
    return rows


def of_names(names: Iterable[Named]) -> dict[str, tuple[str, ...]]:
    """Return the English names of names that do not sound like them, by name in plain lower
    case."""
    rows: dict[str, tuple[str, ...]] = {}
    for name, english in names:
        if not english.isascii() or len(english) < 3 or not english[0].isupper():
            continue
        concept = english_stem(english.lower()).capitalize()
        for form in plain_forms(name):
            sounds = skeleton(form) and skeleton(form) == skeleton(english)
            if form.isalpha() and len(form) > 1 and not sounds:
                rows.setdefault(form, (concept,))
    return rows


def by_prefix(rows: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Return what most words with the same first letters are, by key of these."""
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for word, concepts in rows.items():
        key = prefix_key(word) if script(word) not in _LIKE_HAN else None
        if key is not None:
            held[key][concepts[0]] += 1
    return {
        key: (concept,)
        for key, counts in held.items()
        for concept, count in counts.most_common(1)
        if count >= LEAST_WORDS and count >= LEAST_SHARE * counts.total()
    }


def of_lists() -> dict[int, tuple[str, ...]]:
    """Return the concepts of the words in the written lists, by key; where two English words share
    a stem, both."""
    rows: dict[int, tuple[str, ...]] = {}
    for language in sorted(LANGUAGES):
        for english, word in written_words(language):
            concept = english_stem(english)
            form = next(iter(listed_forms(plain_script(word, language).casefold(), language)))
            known = rows.setdefault(listed_key(form, language), (concept,))
            if concept not in known and len(known) == 1:
                rows[listed_key(form, language)] = (*known, concept)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="write elsewhere than into the service")
    options = parser.parse_args()
    bases = english_bases()
    named = [*territories(), *cities(), *japanese_names()]
    english_names = {english for _, english in territories()} | city_names()
    listed = list(dict.fromkeys([*words_of(pieces()), *chinese_words(), *japanese_words()]))
    english = [
        word.isascii() and (word.lower() in bases or word in english_names) for word in listed
    ]
    meanings = of_words(listed, english)
    rows: dict[str, tuple[str, ...]] = dict(of_names(named))
    for word, concepts in meanings.items():
        for form in plain_forms(word):
            rows.setdefault(form, concepts)
    stem = stemmer("ar")
    if stem is not None:
        for form in [form for form in rows if script(form) == "ARABIC"]:
            rows.setdefault(stem(form), rows[form])
    keyed = by_prefix(rows) | {word_key(form): concepts for form, concepts in rows.items()}
    keyed |= of_lists()
    months = {
        month_key(form): number for name, number in month_names() for form in plain_forms(name)
    }
    known = {english_stem(w.lower()) for w, own in zip(listed, english, strict=True) if own}
    used = {concept for concepts in keyed.values() for concept in concepts}
    capitals = {concept.lower() for concept in used if concept[0].isupper()}
    # A name and a word that are spelled alike are one concept, in one spelling.
    keyed = {
        key: tuple(c.capitalize() if c in capitals else c for c in concepts)
        for key, concepts in keyed.items()
    }
    order = sorted({c.capitalize() if c in capitals else c for c in known | used})
    packed = pack_lexicon(keyed, months, order)
    target = options.to or Path(service.text.concepts.__path__[0]) / FILE
    target.write_bytes(packed)
    print(f"{target.name}: {len(keyed)} words, {len(order)} concepts, {len(packed)} bytes")


if __name__ == "__main__":
    main()
