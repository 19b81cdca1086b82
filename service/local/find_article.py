"""Finds an article for `copydesk explain` in a file: pages are read, stored events are searched."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.contract.extracted import Extracted
from service.contract.outcome import Failed, Rejected
from service.contract.record import InputMessage, Topic
from service.contract.serde import load
from service.fold.explain import SignedText
from service.local.article_reference import ArticleReference, NoSuchArticle
from service.local.find_event import EventSearch, ambiguous
from service.local.fold_output import record_of, records_of
from service.local.inputs.found_file import STANDARD_INPUT
from service.local.no_article import reason_of
from service.local.read_files import InputLimits, read_inputs
from service.local.signed_text import from_extracted
from service.read.envelopes import decode
from service.read.stage import ReadOptions, read


@dataclass(frozen=True, slots=True)
class InFile:
    """A file or folder, and the article meant in it; None for the only one.

    Attributes:
        input_suffix: for standard input, see `find_files`.
    """

    path: Path
    reference: ArticleReference | None
    input_suffix: str | None = None

    @classmethod
    def parse(cls, argument: str, input_suffix: str | None = None) -> "InFile | None":
        """Parse FILE or FILE#ADDRESS; None if there is no such file. FILE may contain a #. With a
        suffix, - is standard input.
        """
        name, _, address = argument.partition("#")
        if input_suffix is not None and name == str(STANDARD_INPUT):
            return cls(STANDARD_INPUT, ArticleReference(address) if address else None, input_suffix)
        if os.path.exists(argument):  # noqa: PTH110 - Path would normalise the slashes of a URL
            return cls(Path(argument), None)
        at = argument.find("#")
        while at > 0:
            if os.path.exists(argument[:at]):  # noqa: PTH110
                return cls(Path(argument[:at]), ArticleReference(argument[at + 1 :]))
            at = argument.find("#", at + 1)
        return None


def find_in_file(file: InFile, options: ReadOptions, limits: InputLimits) -> SignedText:
    """Find an article in a file of pages, or of records written by `copydesk fold`.

    If a page was captured several times, the last capture that is an article is used.

    Raises:
        NoSuchArticle: there is none; or there are several, and the reference is None.
        UnreadableInput: the file cannot be read.
    """
    source = str(file.path)
    events = EventSearch((file.reference,), source)
    pages = _PageSearch(file.reference, source, options)
    stored = 0
    for message in read_inputs([file.path], limits=limits, input_suffix=file.input_suffix):
        if (record := record_of(message)) is None:
            pages.add(message)
        else:
            stored += 1
            events.add(record)
    return events.result(0) if stored else pages.result()


def find_in_events(
    path: Path, references: Sequence[ArticleReference], limits: InputLimits
) -> EventSearch:
    """Search a file of records for several articles, in one pass.

    Raises:
        UnreadableInput: the file cannot be read.
    """
    search = EventSearch(references, str(path))
    for record in records_of(path, limits):
        search.add(record)
    return search


def address_of(message: InputMessage, options: ReadOptions) -> str | None:
    """Return the URL of a page; None if the message cannot be decoded."""
    try:
        return decode(message, options.adapters, options.body_refs).url
    except (Rejected, Failed):
        return None


def is_meant(message: InputMessage, reference: ArticleReference, options: ReadOptions) -> bool:
    """Return True if the reference is to a page with the URL of this one."""
    address = address_of(message, options)
    return address is not None and reference.is_page(address)


class _PageSearch:
    """Searches pages for an article; READ is run only on pages whose URL may be the article's."""

    def __init__(
        self, reference: ArticleReference | None, source: str, options: ReadOptions
    ) -> None:
        self._reference = reference
        self._source = source
        self._options = options
        self._pages = 0
        self._found: dict[str, Extracted] = {}
        self._why = ""

    def add(self, message: InputMessage) -> None:
        """Check the next page.

        Raises:
            NoSuchArticle: it is a second article, and the reference is None.
        """
        self._pages += 1
        if self._reference is not None and not is_meant(message, self._reference, self._options):
            return
        record = read(message, self._options)
        if record.topic is not Topic.EXTRACTED:
            self._why = reason_of(record)
            return
        extracted = load(Extracted, record.value or b"")
        self._found.pop(extracted.article.uri, None)
        self._found[extracted.article.uri] = extracted
        if self._reference is None and len(self._found) > 1:
            urls = [each.article.url for each in self._found.values()]
            raise NoSuchArticle(ambiguous(self._source, [*urls, "..."]))

    def result(self) -> SignedText:
        """The article found, in its last capture.

        Raises:
            NoSuchArticle: none was found.
        """
        if self._found:
            return from_extracted(list(self._found.values())[-1], self._source)
        if self._reference is None:
            raise NoSuchArticle(f"{self._source}: no article in it: {self._why or 'it is empty'}")
        if self._why:
            raise NoSuchArticle(f"{self._source}: {self._reference.given}: no article: {self._why}")
        raise NoSuchArticle(
            f"{self._source}: {self._reference.given}: not among the {self._pages} pages there"
        )
