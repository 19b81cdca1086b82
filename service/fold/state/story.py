"""The state of one story in the window, and of the articles that represent it."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from service.contract.domain import registrable_domain
from service.contract.extracted import SIGNATURE_VERSION
from service.contract.fold_state import StoryRecord
from service.contract.story import (
    HOSTS_KEPT,
    Claim,
    OperatorDecision,
    OriginalOfStory,
    Relation,
    StoryEvent,
    StoryStatus,
)
from service.fold.state.article import ArticleState
from service.fold.state.boilerplate import stands_on_many_sites
from service.fold.state.decisions import published_again_before, withdrawal_of_article
from service.fold.state.voices import Voices

AGENCY_HOST = "agency_host"
"""Reason of an original that is on its agency's own host."""

EARLIEST_SEEN = "earliest_seen"
"""Reason of an original that was fetched before all others, whatever arrived first."""

FIRST_ARRIVED = "first_arrived"
"""Reason of an original that came to FOLD first, if nobody knows that it was fetched first."""

CHOSEN_BY_OPERATOR = "operator"
"""Reason of an original that the operator chose."""

_SEEN = frozenset({AGENCY_HOST, EARLIEST_SEEN, FIRST_ARRIVED})

TAKES = frozenset({Relation.ORIGINAL, Relation.UPDATE, Relation.CORRECTION})


def original_because(uri: str, host: str, why: str) -> OriginalOfStory:
    """Return an original, with the basis that its reason has."""
    if why == CHOSEN_BY_OPERATOR:
        return OriginalOfStory(uri=uri, host=host, why=why, basis="operator")
    return OriginalOfStory(uri=uri, host=host, why=why, basis="seen" if why in _SEEN else "claimed")


@dataclass(frozen=True, slots=True)
class Representative:
    """An article that new articles are compared with on behalf of its story.

    `part_of` is the uri of another representative whose text contains this one's: as long as that
    one represents the story, nothing is compared with this one. `seen` is its time of fetch, in
    seconds since the epoch.
    """

    uri: str
    number: int
    seen: float
    relation: Relation
    exact: str
    words: int
    part_of: str | None = None

    @classmethod
    def of(cls, article: ArticleState, part_of: str | None = None) -> "Representative":
        """Return an article as a representative of its story."""
        return cls(
            uri=article.uri,
            number=article.number,
            seen=article.seen,
            relation=article.relation,
            exact=article.exact,
            words=article.words,
            part_of=part_of,
        )


@dataclass(slots=True)
class Members:
    """The articles of one story, read from the row store on demand.

    Attributes:
        find: returns the member with a uri.
        fetch: returns all of them, ascending by number.
    """

    find: Callable[[str], ArticleState | None]
    fetch: Callable[[], list[ArticleState]]


def _no_members() -> Members:
    return Members(lambda uri: None, list)


@dataclass(slots=True)
class StoryState:
    """One story in the window.

    Attributes:
        slot: small number that identifies it in the window.
        latest: the shard's clock when the story last changed, seconds since the epoch.
        members: the articles it holds.
        size: number of members.
        hosts: number of members by host; `host_names` are these hosts, ascending.
        voices: the members by relation, publisher and owner.
        declared: number of members that declare a uri their original, by registrable domain.
        claims, decisions, cites: see `service.contract.story`.
        withdrawn_before: articles with a lower number were withdrawn with the story, when it last
            was; 0 if it never was.
        bare: True if every version of every article that the story ever had is bare (see
            `service.fold.state.boilerplate`); False if that is not known.
        stored_representatives: uri and `part_of` of the representatives, as read from the row
            store; `load_members` turns them into `representatives`.
        found_original: the member that was looked up last as the original, see `original_member`.
    """

    id: str
    language: str
    agency: str | None
    headline: str
    original: OriginalOfStory
    first_seen: str | None
    last_seen: str | None
    latest: float
    revision: int = 0
    status: StoryStatus = StoryStatus.ACTIVE
    merged_into: str | None = None
    claims: tuple[Claim, ...] = ()
    withdrawn_before: int = 0
    decisions: tuple[OperatorDecision, ...] = ()
    bare: bool = False
    cites: tuple[str, ...] = ()
    slot: int = 0
    members: Members = field(default_factory=_no_members, compare=False)
    size: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    host_names: list[str] = field(default_factory=list)
    voices: Voices = field(default_factory=Voices)
    declared: dict[str, Counter[str]] = field(default_factory=dict)
    representatives: list[Representative] = field(default_factory=list)
    stored_representatives: tuple[tuple[str, str | None], ...] = ()
    found_original: ArticleState | None = field(default=None, compare=False)

    @classmethod
    def from_record(cls, record: StoryRecord) -> "StoryState":
        """Return the story of a changelog record, without its members."""
        state = record.state
        return cls(
            id=state.id,
            language=state.language,
            agency=state.agency,
            headline=state.headline,
            original=original_because(state.original.uri, state.original.host, state.original.why),
            first_seen=state.first_seen,
            last_seen=state.last_seen,
            latest=record.latest,
            revision=state.revision,
            status=state.status,
            merged_into=state.merged_into,
            claims=state.claims,
            withdrawn_before=record.withdrawn_before,
            decisions=state.decisions,
            bare=record.bare or False,
            cites=state.cites,
            stored_representatives=tuple(
                (uri, record.parts.get(uri)) for uri in record.representatives
            ),
        )

    def load_members(self, members: Iterable[ArticleState]) -> None:
        """Count the members, and find the representatives among them."""
        by_uri = {}
        for article in members:
            by_uri[article.uri] = article
            self.add(article)
        self.representatives = [
            Representative.of(by_uri[uri], part_of)
            for uri, part_of in self.stored_representatives
            if uri in by_uri and by_uri[uri].signature_version == SIGNATURE_VERSION
        ]
        self.stored_representatives = ()

    def add(self, article: ArticleState) -> None:
        """Count a member."""
        self.size += 1
        self.voices.add(article)
        if article.uri == self.original.uri:
            self.found_original = article  # it need not be read
        self.hosts[article.host] += 1
        if self.hosts[article.host] == 1:
            insort(self.host_names, article.host)
        if article.declared_original:
            domains = self.declared.setdefault(article.declared_original, Counter())
            domains[registrable_domain(article.host)] += 1

    def remove(self, article: ArticleState) -> None:
        """Count a member no more; it represents the story no more."""
        self.size -= 1
        self.voices.remove(article)
        self.hosts[article.host] -= 1
        if not self.hosts[article.host]:
            del self.hosts[article.host]
            del self.host_names[bisect_left(self.host_names, article.host)]
        if article.declared_original:
            domains = self.declared[article.declared_original]
            domains[registrable_domain(article.host)] -= 1
            self.declared[article.declared_original] = +domains
            if not self.declared[article.declared_original]:
                del self.declared[article.declared_original]
        self.representatives = [each for each in self.representatives if each.uri != article.uri]
        if self.found_original is not None and self.found_original.uri == article.uri:
            self.found_original = None

    def original_member(self) -> ArticleState | None:
        """Return the original if it is a member, as it was when it was last placed."""
        found = self.found_original
        if found is None or found.uri != self.original.uri:
            found = self.found_original = self.members.find(self.original.uri)
        return found

    def change_relation(self, article: ArticleState, relation: Relation) -> None:
        """Note that a member is something else in the story now."""
        self.voices.remove(article)
        article.relation = relation
        self.voices.add(article)

    def take_over(self, other: "StoryState") -> None:
        """Take over the counts of another story's members, and its representatives."""
        self.size += other.size
        self.voices.take_over(other.voices)
        self.host_names += [host for host in other.host_names if host not in self.hosts]
        self.host_names.sort()
        self.hosts.update(other.hosts)
        for uri, domains in other.declared.items():
            self.declared.setdefault(uri, Counter()).update(domains)
        self.representatives.extend(other.representatives)
        other.size, other.representatives = 0, []
        other.hosts, other.host_names, other.declared = Counter(), [], {}

    def representative_uris(self) -> list[tuple[str, str | None]]:
        """Return uri and `part_of` of the representatives."""
        loaded = ((each.uri, each.part_of) for each in self.representatives)
        return [*self.stored_representatives, *loaded]

    def compared_representatives(
        self, within: Callable[[Representative], bool] | None = None
    ) -> list[Representative]:
        """Return the representatives that articles are compared with.

        Args:
            within: returns False for those that are left out.
        """
        every = (
            self.representatives if within is None else list(filter(within, self.representatives))
        )
        uris = {each.uri for each in every}
        return [each for each in every if each.part_of not in uris]

    def is_reference(self, representative: Representative) -> bool:
        """Return True for the original and for later takes, False for copies."""
        return representative.uri == self.original.uri or representative.relation in TAKES

    def holds(self, uri: str) -> bool:
        """Return True if the article is a member."""
        return self.members.find(uri) is not None

    @property
    def reinstated(self) -> int | None:
        """Number below which a member may have to be published again, see `is_published_again`;
        None if there is no such member."""
        if self.status is not StoryStatus.ACTIVE:
            return None
        return max(self.withdrawn_before, published_again_before(self.decisions)) or None

    def is_published_again(self, article: ArticleState) -> bool:
        """Return True if a member is published again at its next crawl, although it is unchanged:
        it was taken down and its story is active again, or the operator decided so."""
        if self.status is not StoryStatus.ACTIVE or article.relation is Relation.WITHDRAWAL:
            return False
        if withdrawal_of_article(self.decisions, article.uri) is not None:
            return False
        again_before = published_again_before(self.decisions, article.uri)
        return article.number < max(self.withdrawn_before, again_before)

    @property
    def is_boilerplate(self) -> bool:
        """True if it stands on many sites and none says when, by whom or from which agency."""
        return self.bare and stands_on_many_sites(self.host_names)

    @property
    def is_agency_verified(self) -> bool:
        """True if the original is on its agency's own host."""
        if self.agency is None or self.original.why != CHOSEN_BY_OPERATOR:
            return self.agency is not None and self.original.why == AGENCY_HOST
        original = self.members.find(self.original.uri)
        return original is not None and original.own and original.agency == self.agency

    def to_record(self, state: StoryEvent) -> StoryRecord:
        """Return the changelog record.

        Args:
            state: the present public state, see `state`.
        """
        return StoryRecord(
            state=state,
            latest=self.latest,
            withdrawn_before=self.withdrawn_before,
            bare=self.bare or None,
            representatives=tuple(each.uri for each in self.representatives),
            parts={each.uri: each.part_of for each in self.representatives if each.part_of},
        )

    def _text_of_original(self) -> tuple[str, str] | None:
        """Return host and hash of the text of the original, if it is a member."""
        original = self.original_member() if self.size else None
        return None if original is None else (self.original.host, original.exact)

    def state(self) -> StoryEvent:
        """Return the public state, as on the topic `stories`."""
        return StoryEvent(
            id=self.id,
            language=self.language,
            agency=self.agency,
            headline=self.headline,
            original=self.original,
            copies=max(self.size - 1, 0),
            hosts=tuple(self.host_names[:HOSTS_KEPT]),
            host_count=len(self.host_names),
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            revision=self.revision,
            status=self.status,
            merged_into=self.merged_into,
            agency_verified=self.is_agency_verified,
            claims=self.claims,
            decisions=self.decisions,
            boilerplate=self.is_boilerplate or None,
            cites=self.cites,
            copies_by_relation=self.voices.copies_by_relation(self._text_of_original()),
            publisher_count=len(self.voices.publishers),
            owner_count=len(self.voices.owners),
            repeats=self.voices.repeats,
        )
