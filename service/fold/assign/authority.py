"""Who may change a story: authority over it, and what is declared without any.

Everything that a page says of itself is a claim by its host. A page always changes its own article.
That others are withdrawn with it, or that the story moves on, needs authority: of the agency's own
host, of the host of the original, of a host that the operator trusts.
"""

from dataclasses import dataclass
from datetime import timedelta

from service.agencies.table import book
from service.contract.domain import registrable_domain
from service.contract.story import CLAIMS_KEPT, Authority, Claim, Relation
from service.fold.state.article import ArticleState
from service.fold.state.story import StoryState

_NEED_AUTHORITY = frozenset({Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL})


@dataclass(frozen=True, slots=True)
class AuthorityPolicy:
    """The operator's choices.

    Attributes:
        trusted: registrable domains with authority over every story.
        quorum: number of registrable domains with copies in a story that withdraw it together; 0
            for none.
        crawl_delay: usual time between the first and the last fetch of one story's copies. A page
            that was seen later than this cannot become the original by the date that it declares.
    """

    trusted: frozenset[str] = frozenset()
    quorum: int = 0
    crawl_delay: timedelta = timedelta(hours=6)


def authority_over(story: StoryState, article: ArticleState, policy: AuthorityPolicy) -> Authority:
    """Return an article's authority over a story; `claimed` if it has none.

    Hosts are compared by registrable domain. The host of the original has authority only if the
    crawl saw it to be the original, and if neither the original nor its story credits an agency:
    then the text is said to be another's.
    """
    domain = registrable_domain(article.host)
    if story.agency is not None:
        is_agencys_page = article.own and article.agency == story.agency
        if is_agencys_page or domain in _domains_of(story.agency):
            return Authority.AGENCY
    if domain in policy.trusted:
        return Authority.TRUSTED
    if story.original.basis == "seen" and domain == registrable_domain(story.original.host):
        original = story.members.find(story.original.uri)
        credited = article.agency if original is None else original.agency
        is_unsigned = credited is None and story.agency is None
        if is_unsigned or (credited is not None and domain in _domains_of(credited)):
            return Authority.ORIGINAL
    return Authority.CLAIMED


def authority_of(
    relation: Relation, story: StoryState, article: ArticleState, policy: AuthorityPolicy
) -> Authority | None:
    """Return the authority of an article with this relation; None if it needs none."""
    return authority_over(story, article, policy) if relation in _NEED_AUTHORITY else None


def add_claim(
    story: StoryState, article: ArticleState, relation: Relation, fetched_at: str | None
) -> None:
    """List what an article declares without authority, before it is added to the story."""
    assert relation in (Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL)
    domain = registrable_domain(article.host)
    claim = Claim(
        kind=relation,
        host=article.host,
        uri=article.uri,
        at=fetched_at,
        had_copy=any(registrable_domain(host) == domain for host in story.hosts),
    )
    story.claims = with_claim(story.claims, claim)


def with_claim(claims: tuple[Claim, ...], claim: Claim) -> tuple[Claim, ...]:
    """Return a story's claims with one more.

    A registrable domain has one claim of a kind, the first. If there are more than are kept, those
    of domains with a copy in the story stay.
    """
    domain = registrable_domain(claim.host)
    if any(each.kind is claim.kind and registrable_domain(each.host) == domain for each in claims):
        return claims
    listed = [*claims, claim]
    if len(listed) > CLAIMS_KEPT:
        without_copy = [each for each in listed if not each.had_copy]
        listed.remove(without_copy[-1] if without_copy else claim)
    return tuple(listed)


def has_quorum(story: StoryState, policy: AuthorityPolicy) -> bool:
    """Return True if enough of those who had copies declare the story withdrawn."""
    withdrawn_by = sum(each.kind is Relation.WITHDRAWAL and each.had_copy for each in story.claims)
    return 0 < policy.quorum <= withdrawn_by


def _domains_of(agency: str) -> frozenset[str]:
    try:
        hosts = book().row(agency).hosts
    except KeyError:  # written by a version with other agencies
        return frozenset()
    return frozenset(map(registrable_domain, hosts))
