"""Compares what was fed with all that stands in the output topics, promise by promise."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence, Set

from service.contract.identity import story_uri
from service.contract.outcome import ATTEMPTS, ERROR_PREFIX
from service.contract.record import Topic
from service.settings import Settings
from tests.faults.fold_again import fold_again
from tests.faults.ledger import Entry, Kind, number_of
from tests.faults.verdict import Verdict
from tests.worker.deployment import Deployment
from tests.worker.repeats import repeats_of
from tests.worker.topics_reader import Seen, read_all

_BY_FOLD = (Topic.ARTICLES, Topic.STORIES)
TOPICS = (Topic.EXTRACTED, *_BY_FOLD, Topic.REJECTED, Topic.FAILED)

Positions = Mapping[int, tuple[int, int]]


async def judge(
    deployment: Deployment,
    entries: Sequence[Entry],
    positions: Positions,
    excused: Set[str] = frozenset(),
) -> Verdict:
    """Read every output topic, committed records only, and hold it against the ledger.

    Args:
        positions: where each entry stands in `pages.raw`: partition and offset.
        excused: reasons for which a page may be a dead letter that the ledger calls an article:
            the fault broke the process that read it.
    """
    seen = await read_all(deployment, TOPICS)
    exact = deployment.broker.transactions
    return compare(seen, entries, positions, deployment.settings, exact=exact, excused=excused)


def compare(
    seen: Sequence[Seen],
    entries: Sequence[Entry],
    positions: Positions,
    settings: Settings,
    *,
    exact: bool,
    excused: Set[str] = frozenset(),
    moved: Positions | None = None,
) -> Verdict:
    """Hold what stands in the topics (`TOPICS`, in the order of their offsets) against the ledger.

    Args:
        exact: FOLD wrote in transactions, so that it may not repeat anything.
        moved: where entries stand in a copy of `pages.raw`, where they may have been read again.
    """
    verdict = Verdict(pages=len(entries))
    outcomes = outcomes_of(seen)
    _check_outcomes(verdict, entries, outcomes, excused)
    _check_dead_letters(verdict, entries, (positions, moved or {}), outcomes)
    _check_stories(verdict, entries, outcomes)
    compare_repeated(verdict, seen, settings, exact=exact)
    return verdict


def compare_repeated(
    verdict: Verdict,
    seen: Sequence[Seen],
    settings: Settings,
    *,
    exact: bool,
    put_back: bool = False,
) -> None:
    """What holds for any input, however often it came: repeats, versions, FOLD's output.

    Args:
        put_back: inputs came again on purpose, and are `unchanged` each time.
    """
    once = (*_BY_FOLD, *(() if put_back else (Topic.REJECTED,)))
    _check_repeats(verdict, seen, once if exact else ())
    _check_versions(verdict, seen)
    for wrong in fold_again(seen, settings, exact=exact):
        verdict.accuse("FOLD's output is that of an undisturbed run", wrong)


def outcomes_of(seen: Iterable[Seen]) -> dict[int, list[Seen]]:
    """Terminal outcomes by the number of the page; one that takes others down counts once."""
    found: dict[int, list[Seen]] = defaultdict(list)
    for record in seen:
        if record.is_outcome and (trace := record.header("traceparent")) is not None:
            found[number_of(trace)].append(record)
    return found


def _check_outcomes(
    verdict: Verdict,
    entries: Sequence[Entry],
    outcomes: Mapping[int, Sequence[Seen]],
    excused: Set[str],
) -> None:
    untold: set[bytes | None] = set()  # addresses whose last text nothing was told of
    for entry in entries:
        got = outcomes.get(entry.number)
        if not got:
            verdict.lost += 1
            verdict.accuse("each page has an outcome", f"{entry.kind} {entry.number} has none")
            continue
        kinds = {(each.topic, each.reason) for each in got}
        wanted = (entry.topic, entry.reason)
        if len(kinds) == 1 and got[0].topic is Topic.FAILED and got[0].reason in excused:
            verdict.excused += 1
            if entry.kind is not Kind.RECRAWL:
                untold.add(entry.fed.key)
            continue
        if entry.kind is Kind.RECRAWL and entry.fed.key in untold:
            wanted = (Topic.ARTICLES, None)
        if kinds != {wanted}:
            verdict.accuse("one outcome, the right one", f"{entry.number}: {kinds}, not {wanted}")
        untold.discard(entry.fed.key)
    for number in set(outcomes) - {entry.number for entry in entries}:
        verdict.accuse("no outcome without a page", outcomes[number][0])


def _check_dead_letters(
    verdict: Verdict,
    entries: Sequence[Entry],
    positions: Sequence[Positions],
    outcomes: Mapping[int, Sequence[Seen]],
) -> None:
    for entry in entries:
        for letter in outcomes.get(entry.number, ()):
            if letter.topic is not Topic.FAILED:
                continue
            fed = entry.fed
            same = (
                (letter.key, letter.value) == (fed.key, fed.value)
                and letter.headers[: len(fed.headers)] == fed.headers
                and letter.timestamp == fed.timestamp
                and letter.source in [each.get(entry.number) for each in positions]
                and letter.header(ATTEMPTS) == "1"
                and letter.header(ERROR_PREFIX + "exception.message")
                and letter.header(ERROR_PREFIX + "stage") in {"decode", "read"}
            )
            if not same:
                verdict.accuse("a dead letter is its input, and says why", letter)


def _check_repeats(verdict: Verdict, seen: Sequence[Seen], once: Container[Topic]) -> None:
    """The same id, the same bytes; and no repeats of what FOLD writes to the topics of `once`."""
    try:
        repeats = repeats_of(record for record in seen if record.topic is not Topic.EXTRACTED)
    except AssertionError as error:
        verdict.accuse("a repeat has the same id and bytes", error)
        return
    for same in repeats.values():
        record = same[0]
        verdict.repeated[record.topic] += len(same) - 1
        by_fold = record.topic in _BY_FOLD or record.reason == "unchanged"
        if by_fold and record.topic in once:
            verdict.accuse("one event for each version", f"{len(same)} times {record.value!r:.300}")
    extracted: dict[str, set[bytes | None]] = defaultdict(set)
    count: Counter[str] = Counter()
    for record in (each for each in seen if each.topic is Topic.EXTRACTED):
        page = record.json["input"]["id"]
        extracted[page].add(record.value)
        count[page] += 1
    for page, values in extracted.items():
        if len(values) > 1:
            verdict.accuse("a repeat has the same id and bytes", f"extracted from {page}")
    verdict.repeated[Topic.EXTRACTED] += sum(count.values()) - len(count)


def _check_versions(verdict: Verdict, seen: Iterable[Seen]) -> None:
    """Versions of an address follow each other, in the partition of their story."""
    last: dict[tuple[str, int], int] = {}
    for record in seen:
        if record.topic is not Topic.ARTICLES or not record.is_outcome:
            continue
        place = (record.json["uri"], record.partition)
        version = int(record.json["version"])
        if version < last.get(place, 0):
            verdict.accuse("order is kept for each address", f"{version} after {last[place]}")
        last[place] = version


def _check_stories(
    verdict: Verdict, entries: Iterable[Entry], outcomes: Mapping[int, Sequence[Seen]]
) -> None:
    """A story has one id, which its first page and nothing else decides: so the ids are those of
    an undisturbed run. Where that page became a dead letter, its copies begin a story themselves.
    """
    ids: dict[int, str] = {}
    for entry in entries:
        events = [each for each in outcomes.get(entry.number, ()) if each.topic is Topic.ARTICLES]
        if not events or entry.story is None:
            continue
        event = events[0].json
        page = event["copydesk"]["page"]
        found = event["copydesk"]["story"]["id"]
        if entry.kind is Kind.ORIGINAL:
            begun = story_uri(event["uri"], page["content_hash"], _iso(page["fetched_at"]))
            ids[entry.number] = begun
        wanted = ids.get(entry.story)
        if wanted is not None and found != wanted:
            verdict.accuse("story ids are those of an undisturbed run", f"{entry.number}: {found}")


def _iso(time: str) -> str:
    return time.replace("Z", "+00:00")
