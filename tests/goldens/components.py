"""The components that have a digest: READ, FOLD, what a shard keeps on disk, and interfaces."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold, fold_batch
from service.fold.state.window import WindowLimits
from service.local.link_files import LinkFiles
from service.read.stage import ReadOptions, read
from tests.goldens import documents, earlier_state, page_inputs, story_inputs
from tests.goldens.digests import Digest
from tests.goldens.saved_state import add_files, add_rows, fold_with_restarts, small_segments

SMALL_WINDOWS = {
    "articles-60": WindowLimits(articles=60),
    "articles-120": WindowLimits(articles=120),
    "hours-24": WindowLimits(span=timedelta(hours=24)),
}
LARGE_WINDOWS = {
    "articles-300": WindowLimits(articles=300),
    "articles-1500": WindowLimits(articles=1_500),
}
LARGEST_BATCH = 100
MOST_LINKED = 20
"""Stories that LINK remembers: fewer than the crawl has, so that some are forgotten."""

INTERFACES = {
    "schemas": documents.schemas,
    "metrics": documents.metrics,
    "settings": documents.settings,
    "commands": documents.commands,
    "texts.schemas": documents.schema_texts,
    "texts.metrics": documents.metric_texts,
    "texts.settings": documents.setting_texts,
    "texts.commands": documents.command_texts,
}

Made = list[list[Record]]
"""The records of each message, in order."""


class WaysDiffer(Exception):
    """Two ways to fold that must give the same records do not."""


class Goldens:
    """Takes digests, by component name; `found` has them."""

    def __init__(self, lines: Path | None = None) -> None:
        """Begin with none.

        Args:
            lines: a folder for the parts of each digest as text; None to write none.
        """
        self.found: dict[str, str] = {}
        self._lines = lines

    def digest(self, name: str) -> Digest:
        """Begin a component."""
        return Digest(name, self._lines)

    def end(self, *digests: Digest) -> None:
        """Keep what a component has come to."""
        for each in digests:
            self.found[each.name] = each.end()

    def read(self, name: str, messages: Iterable[InputMessage]) -> list[bytes | None]:
        """READ: every record, one a message.

        Returns:
            The values of those that are articles.
        """
        digest, articles = self.digest(f"read.{name}"), []
        for message in messages:
            record = read(message)
            digest.add_record(record)
            if record.topic is Topic.EXTRACTED:
                articles.append(record.value)
        self.end(digest)
        return articles

    def fold(
        self, name: str, messages: Sequence[InputMessage], windows: Mapping[str, WindowLimits]
    ) -> None:
        """FOLD: every record, with the default window and with smaller ones.

        Raises:
            WaysDiffer: one by one, in batches, and with restarts is not the same.
        """
        whole = one_by_one(messages, WindowLimits())
        self.enter(f"fold.{name}", whole)
        sizes = batches(len(messages))
        _same(f"{name}: batches", whole, in_batches(messages, sizes, WindowLimits()))
        for size, window in windows.items():
            part = f"{name}.{size}"
            self.enter(f"fold.{part}", made := one_by_one(messages, window))
            _same(f"{part}: restarts", made, self._restarted(part, messages, sizes, window))

    def link(self, name: str, messages: Iterable[InputMessage]) -> None:
        """READ, FOLD and LINK, with stories linked with their translations: every record."""
        read_digest, articles = self.digest(f"read.{name}"), []
        for message in messages:
            record = read(message, ReadOptions(concepts=True))
            read_digest.add_record(record)
            if record.topic is Topic.EXTRACTED:
                articles.append(record.value)
        self.end(read_digest)
        shard, linked = Shard(links=True), LinkFiles(MOST_LINKED)
        given = story_inputs.as_given(articles)
        self.enter(f"link.{name}", [list(linked.follow(fold(each, shard, 0))) for each in given])

    def enter(self, name: str, made: Made) -> None:
        """Take the digest of every record."""
        digest = self.digest(name)
        for records in made:
            digest.add(str(len(records)))
            for record in records:
                digest.add_record(record)
        self.end(digest)

    def _restarted(
        self,
        name: str,
        messages: Sequence[InputMessage],
        sizes: Sequence[range],
        window: WindowLimits,
    ) -> Made:
        rows, files = self.digest(f"sqlite.{name}"), self.digest(f"segments.{name}")
        made: Made = []
        with small_segments(), TemporaryDirectory() as folder:
            for records, closed in fold_with_restarts(messages, sizes, window, Path(folder)):
                made += records
                if closed is not None:
                    add_rows(rows, closed / "shard.sqlite")
                    assert add_files(files, closed)
        self.end(rows, files)
        return made


def one_by_one(messages: Sequence[InputMessage], window: WindowLimits) -> Made:
    """Fold each message by itself."""
    shard = Shard(window)
    return [fold(message, shard, 0) for message in messages]


def in_batches(
    messages: Sequence[InputMessage], sizes: Iterable[range], window: WindowLimits
) -> Made:
    """Fold the messages in batches."""
    shard = Shard(window)
    return [
        made
        for batch in sizes
        for made in fold_batch([messages[number] for number in batch], shard, 0)
    ]


def batches(count: int) -> list[range]:
    """Batches of 1 to 100 messages, the smallest and the largest among them."""
    generator, begin, made = random.Random(story_inputs.SEED), 0, []
    sizes = iter([1, LARGEST_BATCH])
    while begin < count:
        size = next(sizes, None) or generator.randint(1, LARGEST_BATCH)
        made.append(range(begin, min(begin + size, count)))
        begin += size
    return made


def _same(way: str, expected: Made, made: Made) -> None:
    if len(made) != len(expected):
        raise WaysDiffer(f"{way}: {len(made)} results for {len(expected)} messages")
    for number, (one, other) in enumerate(zip(expected, made, strict=True)):
        if one != other:
            raise WaysDiffer(
                f"{way}: message {number} gives other records ({len(other)}) than one by one"
                f" ({len(one)})"
            )


def behaviour(goldens: Goldens) -> None:
    """Take the digests of what is kept in the tests."""
    articles = goldens.read("crawl", page_inputs.crawl())
    goldens.link("linked", page_inputs.crawl())
    goldens.read("hostile", page_inputs.hostile())
    goldens.read("corpus", page_inputs.corpus())
    values = [*articles, *story_inputs.language_stories()]
    goldens.fold("given", story_inputs.as_given(values), SMALL_WINDOWS)
    goldens.fold("shuffled", story_inputs.shuffled(values), SMALL_WINDOWS)


def earlier(goldens: Goldens) -> None:
    """Take the digests of what follows on the state that an earlier version left behind."""
    version = earlier_state.FOLDER.name
    checkpoint = earlier_state.go_on_from_checkpoint(earlier_state.FOLDER)
    goldens.enter(f"state.{version}.checkpoint", checkpoint)
    goldens.enter(f"state.{version}.log", earlier_state.go_on_from_log(earlier_state.FOLDER))


def interfaces(goldens: Goldens) -> None:
    """Take the digests of schemas, metrics, settings and commands, and of their prose."""
    for name, parts in INTERFACES.items():
        digest = goldens.digest(name)
        for part in parts():
            digest.add(part)
        goldens.end(digest)


def recorded(
    goldens: Goldens, pages: Path | None, stories: Path | None, most: int | None
) -> Iterator[str]:
    """Take the digests of files with labelled pages and stories; yields the name of each step."""
    if pages is not None:
        yield "labelled pages"
        goldens.read("labelled", page_inputs.labelled(pages))
    if stories is not None:
        values = story_inputs.labelled_stories(stories, most)
        yield "labelled stories"
        goldens.fold("labelled.given", story_inputs.as_given(values), LARGE_WINDOWS)
        goldens.fold("labelled.shuffled", story_inputs.shuffled(values), LARGE_WINDOWS)
