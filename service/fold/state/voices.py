"""How many voices a story has: its articles by relation, publisher and owner, without repeats.

One text under many addresses of a host is one voice: the others are repeats, and raise no count.
Copies on the sites of one publisher are several copies of one voice.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import xxhash

from service.contract.domain import registrable_domain
from service.contract.story import Relation, RelationCount
from service.fold.state.article import ArticleState

_ORDER = {relation: number for number, relation in enumerate(Relation)}
_ORDER[Relation.ORIGINAL] = len(_ORDER)


@dataclass(slots=True)
class Voices:
    """Counts of a story's members.

    Attributes:
        texts: relations of the members that have one text on one host, by a hash of the two; the
            first one counts.
        relations: number of these texts by the relation that counts: a story may have tens of
            thousands, and is asked at each new member.
        repeats: members besides the first of each text.
        publishers, owners: number of members of each. Without an entry in the operator's table, the
            publisher is the registrable domain; a publisher without an owner is its own.
    """

    texts: dict[int, tuple[Relation, ...]] = field(default_factory=dict)
    relations: Counter[Relation] = field(default_factory=Counter)
    repeats: int = 0
    publishers: Counter[str] = field(default_factory=Counter)
    owners: Counter[str] = field(default_factory=Counter)

    def add(self, article: ArticleState) -> None:
        """Count a member."""
        self._add(_key(article.host, article.exact), article.relation)
        publisher = article.publisher or registrable_domain(article.host)
        self.publishers[publisher] += 1
        self.owners[article.owner or publisher] += 1

    def remove(self, article: ArticleState) -> None:
        """Count a member no more. Its relation must be the one that it was counted with."""
        key = _key(article.host, article.exact)
        left = list(self.texts[key])
        left.remove(article.relation)
        self.repeats -= bool(left)
        self._set(key, tuple(left))
        publisher = article.publisher or registrable_domain(article.host)
        _discount(self.publishers, publisher)
        _discount(self.owners, article.owner or publisher)

    def take_over(self, other: "Voices") -> None:
        """Count another story's members too, which that one has no more."""
        for key, relations in other.texts.items():
            self._add(key, *relations)
        self.repeats += other.repeats
        self.publishers.update(other.publishers)
        self.owners.update(other.owners)
        other.texts, other.relations, other.repeats = {}, Counter(), 0
        other.publishers, other.owners = Counter(), Counter()

    def copies_by_relation(self, original: tuple[str, str] | None) -> tuple[RelationCount, ...]:
        """Return the number of copies by relation, without repeats, in the order of `Relation`. Of
        several members with one text on one host, the first relation in that order counts.

        Args:
            original: host and hash of the text of the member that the others are copies of; None
                if the story does not hold it.
        """
        counts = self.relations.copy()
        if original is not None:
            relations = self.texts.get(_key(*original))
            if relations is not None:
                counts[relations[0]] -= 1
        return tuple(
            RelationCount(relation=each, copies=counts[each])
            for each in Relation
            if counts[each] > 0
        )

    def _add(self, key: int, *relations: Relation) -> None:
        """Count members that have one text on one host, of which all but the first are repeats."""
        before = self.texts.get(key, ())
        self.repeats += bool(before)
        self._set(key, tuple(sorted((*before, *relations), key=_ORDER.__getitem__)))

    def _set(self, key: int, relations: tuple[Relation, ...]) -> None:
        before = self.texts.pop(key, None)
        if before is not None:
            _discount(self.relations, before[0])
        if relations:
            self.texts[key] = relations
            self.relations[relations[0]] += 1


def _key(host: str, exact: str) -> int:
    return xxhash.xxh3_64_intdigest(f"{host} {exact}".encode())


def _discount(counts: Counter[Any], name: object) -> None:
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
