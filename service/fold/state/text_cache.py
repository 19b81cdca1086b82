"""The texts that articles were lately compared with, unpacked."""

from collections import OrderedDict
from collections.abc import Sequence

from service.fold.state.row_store import RowStore
from service.fold.verify.text_record import TextRecord, unpack_bytes

_TEXTS = 128
"""Texts kept unpacked; one takes about 60 kB."""


class TextCache:
    """The texts of the articles in a row store, by article number; a few of them are unpacked."""

    def __init__(self, store: RowStore) -> None:
        self._store = store
        self._texts: OrderedDict[int, TextRecord] = OrderedDict()

    def text(self, number: int) -> TextRecord:
        """Return the text of an article, unpacked."""
        text = self._texts.get(number)
        if text is None:
            text = unpack_bytes(self._store.texts.record(number))
            self.keep(number, text)
        else:
            self._texts.move_to_end(number)
        return text

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the verification records of some articles, in their order."""
        return self._store.texts.records(numbers)

    def keep(self, number: int, text: TextRecord) -> None:
        """Keep a text that was unpacked elsewhere."""
        self._texts[number] = text
        if len(self._texts) > _TEXTS:
            self._texts.popitem(last=False)

    def discard(self, number: int) -> None:
        """Drop the text of an article that has left the window."""
        self._texts.pop(number, None)

    def __contains__(self, number: int) -> bool:
        """Return True if the text is unpacked."""
        return number in self._texts
