"""One page of a file as READ leaves it, for `copydesk check`."""

from dataclasses import dataclass

from service.contract.article import Article, DateKind
from service.contract.extracted import Extracted
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import load
from service.local.article_reference import NoSuchArticle
from service.local.find_article import InFile, address_of, is_meant
from service.local.find_event import ambiguous
from service.local.read_files import InputLimits, read_inputs
from service.read.stage import ReadOptions, read


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """READ's record of a page, and the article in it; None if it gave none."""

    record: Record
    extracted: Extracted | None


def check_page(file: InFile, options: ReadOptions, limits: InputLimits) -> CheckedPage:
    """Read the page that is meant; of several captures the last.

    Raises:
        NoSuchArticle: there is no such page, or there are several and none is named.
        UnreadableInput: the file cannot be read.
    """
    found: InputMessage | None = None
    names: list[str] = []
    for message in read_inputs([file.path], limits=limits, input_suffix=file.input_suffix):
        if file.reference is None:
            names.append(address_of(message, options) or "(no address)")
            if len(names) > 1:
                raise NoSuchArticle(ambiguous(str(file.path), [*names, "..."]))
            found = message
        elif is_meant(message, file.reference, options):
            found = message
    if found is None:
        what = "no page in it" if file.reference is None else f"no page {file.reference.given}"
        raise NoSuchArticle(f"{file.path}: {what}")
    record = read(found, options)
    if record.topic is not Topic.EXTRACTED:
        return CheckedPage(record, None)
    return CheckedPage(record, load(Extracted, record.value or b""))


def date_sources(article: Article, kind: DateKind, value: str) -> list[str]:
    """The places on the page that give this date; those that give another of its kind if none
    gives it in just this form."""
    candidates = [each for each in article.dates if each.kind is kind]
    same = [each.source for each in candidates if each.value == value]
    return list(dict.fromkeys(same or [each.source for each in candidates]))
