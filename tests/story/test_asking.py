"""An article that looks for its story, and the texts that it asks about."""

from collections.abc import Sequence

from service.story.assign import Asking
from service.story.record import TextRecord, packed_bytes, unpack_bytes
from service.story.sign import sign
from tests.story.articles import told


class Texts:
    """Stored texts; `laid_out` are those that were."""

    def __init__(self, *records: bytes) -> None:
        self._records = records
        self.used: dict[int, TextRecord] = {}
        self.laid_out: list[int] = []

    def text(self, number: int) -> TextRecord:
        if number not in self.used:
            self.laid_out.append(number)
            self.used[number] = unpack_bytes(self._records[number])
        return self.used[number]

    def is_ready(self, number: int) -> bool:
        return number in self.used

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        return [self._records[number] for number in numbers]

    def use_text(self, number: int, text: TextRecord) -> None:
        self.used[number] = text


def record(variant: str) -> bytes:
    return packed_bytes(sign(told("ferry-ap", variant), "en").record)


def test_the_same_text_is_not_laid_out_again() -> None:
    texts = Texts(record("original"), record("spun"))
    asking = Asking(record("original"), ())
    assert [asking.is_far(number, texts) for number in (0, 1)] == [False, False]
    assert asking.other(0, texts) is asking.text
    assert asking.other(1, texts) is not asking.text
    assert texts.laid_out == [1]


def test_a_text_that_is_ready_is_taken_as_it_is() -> None:
    texts = Texts(record("original"))
    ready = texts.text(0)
    asking = Asking(record("original"), ())
    assert not asking.is_far(0, texts)
    assert asking.other(0, texts) is ready
