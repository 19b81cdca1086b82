"""How fast LINK is, and what it takes: `python -m tests.bench.bench_link [--window N ...]`.

For each size of the window, in a process of its own: a window is filled with made stories (see
`tests.bench.made_stories`) as from `link.state` after a restart; then LINK takes further records of
`stories.concepts` in batches, as a worker gives them. From the bytes of a record to the bytes that
are written for it all is counted. Seconds are those of the processor that the process used. What a
machine does beside changes them, so in each turn READ's signatures are made of recorded texts, too.
"""

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence

from service.contract.extracted import SourcePosition
from service.contract.link_state import LinkRecord
from service.contract.record import InputMessage, Topic
from service.contract.serde import dump
from service.contract.story_concepts import StoryConcepts
from service.link.linker import Linker
from service.link.restore import LinkRestorer
from service.link.stage import link_batch
from service.text.signature import sign
from tests.bench.bench_fold import resident
from tests.bench.figures import Table, record, shared_data
from tests.bench.made_stories import StoryMaker, recorded
from tests.eval.linked_rows import LinkedRow

BATCH = 100
TURNS = 5
SIGNED = 300
HEAD = (
    "stories in the window",
    "placed a second",
    f"slowest and fastest of {TURNS} turns",
    "texts signed a second, in turns with it",
    "with a translation",
    "bytes a story, as LINK counts",
    "of these, the index",
    "as the system counts",
    "restored a second",
)


def restored(stories: Iterable[StoryConcepts], most: int) -> Linker:
    """LINK's memory of some stories. Their pairs are not looked for."""
    restorer = LinkRestorer(most)
    for number, story in enumerate(stories):
        restorer.put_story(LinkRecord(number=number, concepts=story))
    linker = restorer.finish()
    linker.next_number = linker.stories
    return linker


def messages(stories: Iterable[StoryConcepts]) -> Iterator[InputMessage]:
    """The stories as records of their topic."""
    for offset, story in enumerate(stories):
        source = SourcePosition(topic="stories.concepts", partition=0, offset=offset)
        yield InputMessage(story.story.encode(), dump(story), (), None, source)


def signed(texts: Sequence[LinkedRow]) -> float:
    """Sign texts as READ does; returns how many a second."""
    begun = time.process_time()
    for row in texts:
        sign(row.text, row.language)
    return len(texts) / (time.process_time() - begun)


def measure(count: int, taken: int) -> tuple[str, ...]:
    """Fill a window, and take further stories; returns the cells of a row."""
    rows = recorded(shared_data())
    maker, texts = StoryMaker(rows), rows[:: len(rows) // SIGNED]
    signed(texts)  # what is loaded once
    window = list(maker.stories(count))
    coming = list(messages(maker.stories(TURNS * taken)))
    held, begun = resident(), time.process_time()
    linker = restored(window, count)
    seconds = time.process_time() - begun
    gc.collect()
    memory, of_index, of_system = linker.nbytes, linker.index_bytes, resident() - held
    rates, signing, linked = [], [], 0
    for turn in range(TURNS):
        mine = coming[turn * taken : (turn + 1) * taken]
        begun = time.process_time()
        for first in range(0, taken, BATCH):
            for records in link_batch(mine[first : first + BATCH], linker):
                linked += records[0].topic is Topic.STORIES
        rates.append(taken / (time.process_time() - begun))
        signing.append(signed(texts))
    return (
        f"{count:,}",
        f"{sorted(rates)[TURNS // 2]:,.0f}",
        f"{min(rates):,.0f} to {max(rates):,.0f}",
        f"{sorted(signing)[TURNS // 2]:,.0f}",
        f"{linked / len(coming):.1%}",
        f"{memory / count:,.0f}",
        f"{of_index / count:,.0f}",
        f"{of_system / count:,.0f}",
        f"{count / seconds:,.0f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--taken", type=int, default=1000, help="stories to be taken in a turn")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print("|".join(measure(options.window[0], options.taken)))
        return
    table = Table(HEAD)
    for count in options.window:
        command = [sys.executable, "-m", "tests.bench.bench_link", "--one", "--window", str(count)]
        command += ["--taken", str(options.taken)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        table.add(*done.stdout.strip().split("|"))
    how = " ".join((__doc__ or "").partition("\n\n")[2].replace("`", "").split())
    record("link", "How fast LINK is", how, [table])


if __name__ == "__main__":
    main()
