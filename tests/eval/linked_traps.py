"""Traps: what shares much with a text in another language, and is no translation of it. Those that
are written are in `written_traps`; others are made by rule of translated documents:

- template: the translation with other names and other numbers, as a report is that is written to
  the same pattern about another match, quake or company.
- own report: some sentences of the translation in another order, their numbers changed in part,
  among sentences about something else, as another newsroom tells the event.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from service.link.features import compare_concepts
from service.link.guards import has_facts_in_order, keys_needed, may_be_linked
from service.link.story import LinkStory
from service.link.verifier import link_score
from service.text.hashing import common
from tests.eval.linked_rows import LinkedRow
from tests.eval.linked_story import linked_story
from tests.eval.written_traps import KINDS, Written, written_traps

OF_EACH_KIND = 100

LEAST_NAMES = 20
"""Names that the texts of a language must have, for others to be taken from."""

LEAST_SENTENCES = 6
"""Sentences of a text of which another report is made: of fewer, some are the whole text."""

KEPT_SENTENCES, CHANGED_NUMBERS = 0.45, 0.5

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=\w )[^\W\d_]+(?=\W)|[ァ-ヺー]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")

Names = Mapping[str, Sequence[str]]
"""Names by language."""


def traps(rows: Sequence[LinkedRow]) -> Iterator[tuple[LinkedRow, str, str]]:
    """Yield an English document, a text in another language, and the kind of trap that it is; the
    language is that of a translation of the document, which has it in its id.
    """
    lot = random.Random(7)
    own = [row for row in rows if not row.beside]
    documents: dict[str, list[LinkedRow]] = defaultdict(list)
    by_language: dict[str, list[LinkedRow]] = defaultdict(list)
    for row in own:
        documents[row.document].append(row)
        by_language[row.language].append(row)
    names = {language: _names(texts) for language, texts in by_language.items()}
    pairs = [
        (english, other)
        for texts in documents.values()
        for english in texts
        for other in texts
        if english.language == "en" != other.language and len(names[other.language]) > LEAST_NAMES
    ]
    for english, other in lot.sample(pairs, min(OF_EACH_KIND, len(pairs))):
        yield english, _template(other, names[other.language], lot), f"template {other.language}"
    told = [
        (english, other)
        for english, other in pairs
        if len(_sentences(other.text)) >= LEAST_SENTENCES
        and any(each.document != other.document for each in by_language[other.language])
    ]
    for english, other in lot.sample(told, min(OF_EACH_KIND, len(told))):
        beside = [each for each in by_language[other.language] if each.document != other.document]
        yield english, _own_report(other, beside, lot), f"report {other.language}"


def linked_traps(rows: Sequence[LinkedRow], part: str, least: float) -> dict[str, tuple[int, int]]:
    """Return how many traps of each kind are linked, and how many there are."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def count(kind: str, left: Written, right: Written) -> None:
        one, other = (
            linked_story(str(n), text, language) for n, (language, text) in enumerate((left, right))
        )
        counts[kind][0] += score_of(one, other) >= least
        counts[kind][1] += 1

    for english, text, kind in traps(rows):
        name, language = kind.split()
        count(f"{name} by rule", ("en", english.text), (language, text))
    for kind in KINDS:
        for _, left, right in written_traps(kind, part):
            count(f"{kind} as written", left, right)
    return {name: (linked, total) for name, (linked, total) in sorted(counts.items())}


def score_of(one: LinkStory, other: LinkStory) -> float:
    """Return the score of two stories; 0 if a guard holds them apart."""
    keys = common(one.keys, other.keys)
    if not may_be_linked(one, other) or keys < keys_needed(one, other):
        return 0.0
    features = compare_concepts(one.concepts, other.concepts, keys)
    return link_score(features) if has_facts_in_order(features) else 0.0


def _names(rows: Sequence[LinkedRow]) -> list[str]:
    found = {name for row in rows for name in _NAME.findall(row.text)}
    return sorted(name for name in found if name != name.lower() or name[0] in "ァアイウカキクサシ")


def _template(row: LinkedRow, names: Sequence[str], lot: random.Random) -> str:
    others: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        name = found[0]
        if name == name.lower() and name[0] < "ァ":
            return name
        return others.setdefault(name, lot.choice(names))

    text = _NAME.sub(other, row.text)
    return _NUMBER.sub(lambda number: _other_digits(number[0], lot), text)


def _own_report(row: LinkedRow, beside: Sequence[LinkedRow], lot: random.Random) -> str:
    sentences = _sentences(row.text)
    kept = lot.sample(sentences, max(round(KEPT_SENTENCES * len(sentences)), 1))
    kept = [
        _NUMBER.sub(
            lambda number: (
                _other_digits(number[0], lot) if lot.random() < CHANGED_NUMBERS else number[0]
            ),
            each,
        )
        for each in kept
    ]
    others = _sentences(lot.choice(beside).text)
    kept += others[: len(sentences) - len(kept)]
    lot.shuffle(kept)
    return " ".join(kept)


def _sentences(text: str) -> list[str]:
    return [each for each in _SENTENCE.split(text) if each.strip()]


def _other_digits(number: str, lot: random.Random) -> str:
    return _DIGIT.sub(lambda digit: str((int(digit[0]) + lot.randint(1, 9)) % 10), number)
