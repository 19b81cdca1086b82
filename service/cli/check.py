"""`copydesk check`: show what READ makes of one page, in about ten lines."""

import logging
from pathlib import Path

import click

from service.cli.exit_codes import NotFound
from service.cli.input_format import input_format, suffix_of_input
from service.cli.load_settings import load_reading_settings
from service.cli.say import say, say_json
from service.contract.article import DROPPED, Article, DateKind
from service.contract.attribution import Wire
from service.contract.extracted import Extracted
from service.contract.serde import load_json
from service.local.article_reference import NoSuchArticle
from service.local.checked_page import check_page, date_sources
from service.local.find_article import InFile
from service.local.no_article import reason_of
from service.local.read_files import UnreadableInput, input_limits
from service.sandbox.from_settings import read_options
from service.text.printable import one_line

_MOST = 3
_LONGEST = 100
"""Characters of a text that are shown."""


@click.command()
@click.argument("page", metavar="PAGE")
@input_format
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def command(page: str, form: str | None, as_json: bool) -> None:
    """Show what is read from PAGE: title, authors, dates and agency with what they rest on, flags,
    and what was cut off.

    PAGE is a file with one page, or FILE#ADDRESS for a page in an archive. With --format, - is
    standard input. Of several captures, the last is read.

    Exit codes: 0 if it gives an article; 1 if it gives none, with the reason, or the file cannot be
    read; 2 if there is no such page.
    """
    logging.basicConfig(level=logging.CRITICAL)
    settings = load_reading_settings()
    suffix = suffix_of_input([Path(page.partition("#")[0])], form)
    file = InFile.parse(page, suffix)
    if file is None:
        raise NotFound(f"{page}: no such file")
    try:
        found = check_page(file, read_options(settings), input_limits(settings))
    except NoSuchArticle as error:
        raise NotFound(str(error)) from error
    except UnreadableInput as error:
        raise click.ClickException(str(error)) from error
    if found.extracted is None:
        raise click.ClickException(f"{page}: no article: {reason_of(found.record)}")
    if as_json:
        say_json(load_json(found.record.value or b"null"))
        return
    for name, value in _lines(found.extracted):
        say(one_line(f"{name:10} {value}"))


def _lines(extracted: Extracted) -> list[tuple[str, str]]:
    """Name and value of each line; what the page has nothing of is "none"."""
    article, wire = extracted.article, extracted.wire
    flags = [f"{each.name} ({_cut(each.evidence)})" for each in article.flags]
    return [
        ("title", article.title),
        ("authors", _joined(article.authors)),
        ("published", _date(article, DateKind.PUBLISHED, article.published)),
        ("modified", _date(article, DateKind.MODIFIED, article.modified)),
        ("agency", _agency(wire)),
        ("language", f"{article.language}, {extracted.signature.words} words"),
        ("address", article.canonical_url),
        ("flags", _joined(flags)),
        ("cut off", _cut_off(article)),
        ("begins", _cut(article.text)),
        ("ends", _cut(article.text.rpartition("\n\n")[2])),
    ]


def _date(article: Article, kind: DateKind, value: str | None) -> str:
    others = sorted({each.value for each in article.dates if each.kind is kind} - {value})
    if value is None:
        return f"none; the page has {_joined(others)}" if others else "none"
    sources = date_sources(article, kind, value)
    return f"{value}, from {_joined(sources)}" + (f"; not {_joined(others)}" if others else "")


def _agency(wire: Wire) -> str:
    evidence = [f'{each.rule} "{_cut(each.text)}"' for each in wire.evidence]
    if wire.agency is None:
        return f"none; not counted: {_joined(evidence)}" if evidence else "none"
    own = ", its own page" if wire.is_original else ""
    return f"{wire.agency} ({wire.confidence:.2f}{own}), from {_joined(evidence)}"


def _cut_off(article: Article) -> str:
    lines = [
        *(each.text for each in article.credits if each.where == DROPPED),
        *(each.text for each in article.notices),
    ]
    if not lines:
        return "none"
    quoted = [f'"{_cut(line)}"' for line in lines]
    return f"{len(lines)} lines: {_joined(quoted)}"


def _joined(parts: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
    return ", ".join(parts[:_MOST]) + more if parts else "none"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
