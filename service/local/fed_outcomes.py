"""Which of the pages that are being fed have an outcome.

Each page is written with a `traceparent` (W3C Trace Context) made from its file and its number in
it, which copydesk passes on to the page's outcome: a repeat after a crash has the same one. The
first half of the trace id names the file, and the parent id is the page's number plus 1.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache

from service.contract.identity import digest
from service.contract.record import InputMessage, Record, Topic

OUTCOME_TOPICS = (Topic.ARTICLES, Topic.REJECTED, Topic.FAILED)

_TRACEPARENT = "traceparent"
_FORM = re.compile(rb"00-([0-9a-f]{16})[0-9a-f]{16}-([0-9a-f]{16})-01")
_EXPECTED, _DONE = 1, 2


def input_trace(file: str, number: int) -> tuple[str, bytes]:
    """Return the header of a page, by its file and its number in it, from 0."""
    page = digest("fed page", file, str(number))[:16]
    return _TRACEPARENT, f"00-{_file_id(file)}{page}-{number + 1:016x}-01".encode()


@lru_cache(maxsize=4096)
def _file_id(file: str) -> str:
    return digest("fed file", file)[:16]


def _page(message: InputMessage) -> tuple[bytes, int]:
    found = _FORM.fullmatch(message.header(_TRACEPARENT) or b"")
    assert found is not None, "every page that is fed has a trace"
    return found[1], int(found[2], 16) - 1


class FedOutcomes:
    """Counts outcomes of the pages that were fed, each page once.

    Memory: a byte for each record of the files.

    Attributes:
        expected: number of pages that were fed.
        done: number of these that have an outcome.
        kinds: the same by the topic of the first outcome.
    """

    def __init__(self) -> None:
        self.expected = self.done = 0
        self.kinds: Counter[Topic] = Counter()
        self._states: defaultdict[bytes, bytearray] = defaultdict(bytearray)

    @property
    def are_complete(self) -> bool:
        """True if every page that was fed has an outcome."""
        return self.done >= self.expected

    def expect(self, message: InputMessage) -> InputMessage:
        """Count a page that is about to be written; returns it."""
        file, number = _page(message)
        states = self._states[file]
        states.extend(bytes(max(0, number + 1 - len(states))))
        if not states[number]:
            states[number] = _EXPECTED
            self.expected += 1
        return message

    def refuse(self, message: InputMessage) -> None:
        """Take back `expect`: the page could not be written."""
        file, number = _page(message)
        states = self._states[file]
        if states[number] == _EXPECTED:
            states[number] = 0
            self.expected -= 1

    def add(self, record: Record) -> None:
        """Count the next record of an outcome topic; it may be of a page of somebody else."""
        trace = next((value for name, value in record.headers if name == _TRACEPARENT), b"")
        found = _FORM.fullmatch(trace)
        states = self._states.get(found[1]) if found else None
        if found is None or states is None:
            return
        number = int(found[2], 16) - 1
        if 0 <= number < len(states) and states[number] == _EXPECTED:
            states[number] = _DONE
            self.done += 1
            self.kinds[record.topic] += 1
