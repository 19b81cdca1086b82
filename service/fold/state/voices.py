"""How many voices a story has: its articles by relation, publisher and owner, without repeats.

One text under many addresses of a host is one voice: the others are repeats, and raise no count.
Copies on the sites of one publisher are several copies of one voice.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import xxhash

from service.contract.domain import registrable_domain
from service.contract.story import Relation, RelationCount
from service.fold.state.article import ArticleState

_ORDER = {relation: number for number, relation in enumerate(Relation)}
_ORDER[Relation.ORIGINAL] = len(_ORDER)

domain_of = lru_cache(maxsize=8192)(registrable_domain)


@dataclass(slots=True)
class Voices:
    """Counts of a story's members.

    Attributes:
        texts: relations of the members that have one text on one host, by a hash of the two.
        repeats: members besides the first of each text.
        publishers, owners: number of members of each. Without an entry in the operator's table, the
            publisher is the registrable domain; a publisher without an owner is its own.
    """

    texts: dict[int, tuple[Relation, ...]] = field(default_factory=dict)
    repeats: int = 0
    publishers: Counter[str] = field(default_factory=Counter)
    owners: Counter[str] = field(default_factory=Counter)

    def add(self, article: ArticleState) -> None:
        """Count a member."""
        key = _key(article.host, article.exact)
        before = self.texts.get(key, ())
        self.texts[key] = _ordered(*before, article.relation)
        self.repeats += bool(before)
        publisher = article.publisher or domain_of(article.host)
        self.publishers[publisher] += 1
        self.owners[article.owner or publisher] += 1

    def remove(self, article: ArticleState) -> None:
        """Count a member no more. Its relation must be the one that it was counted with."""
        key = _key(article.host, article.exact)
        left = list(self.texts.pop(key))
        left.remove(article.relation)
        if left:
            self.texts[key] = tuple(left)
            self.repeats -= 1
        publisher = article.publisher or domain_of(article.host)
        _discount(self.publishers, publisher)
        _discount(self.owners, article.owner or publisher)

    def take_over(self, other: "Voices") -> None:
        """Count another story's members too, which that one has no more."""
        for key, relations in other.texts.items():
            before = self.texts.get(key, ())
            self.texts[key] = _ordered(*before, *relations)
            self.repeats += bool(before)
        self.repeats += other.repeats
        self.publishers.update(other.publishers)
        self.owners.update(other.owners)
        other.texts, other.repeats = {}, 0
        other.publishers, other.owners = Counter(), Counter()

    def copies_by_relation(self, original: tuple[str, str] | None) -> tuple[RelationCount, ...]:
        """Return the number of copies by relation, without repeats, in the order of `Relation`. Of
        several members with one text on one host, the first relation in that order counts.

        Args:
            original: host and hash of the text of the member that the others are copies of; None
                if the story does not hold it.
        """
        counts = Counter(relations[0] for relations in self.texts.values())
        if original is not None:
            relations = self.texts.get(_key(*original))
            if relations is not None:
                counts[relations[0]] -= 1
        return tuple(
            RelationCount(relation=each, copies=counts[each])
            for each in Relation
            if counts[each] > 0
        )


def _key(host: str, exact: str) -> int:
    return xxhash.xxh3_64_intdigest(f"{host} {exact}".encode())


def _ordered(*relations: Relation) -> tuple[Relation, ...]:
    return tuple(sorted(relations, key=_ORDER.__getitem__))


def _discount(counts: Counter[str], name: str) -> None:
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
