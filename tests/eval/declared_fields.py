"""The table of what pages declare, as `eval_pages` prints it: for each field how many values are
sent, how many of them stand on the page where READ says (`declared_check`), on how many of the
pages that declare the field READ sends it; and, on the pages that were read by a person
(`declared_labels.json`), how many values are right.

The labels are short facts: names, sections, keywords that are subjects, and a digest of the teaser.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from service.contract.article import Article
from tests.eval.declared_check import Source, words_of
from tests.eval.page_table import Row

LABELS = Path(__file__).with_name("declared_labels.json")
SECTIONS = ("articleSection", "article:section", "section", "parsely-section")
DECLARED = {
    "people": ("author", "article:author", "byl"),
    "section": SECTIONS,
    "keyword": ("keywords", "news_keywords", "article:tag"),
    "teaser": ("og:description", "description"),
    "publisher": ("publisher",),
}
"""Names under which a page declares a field; any page that has one counts for recall."""

Value = tuple[str, str, str]
"""A field, its place, and the value."""


def values_of(article: Article) -> Iterator[Value]:
    """Yield all that an article declares."""
    for person in article.people:
        yield "people", person.source, person.name
    for subject in article.subjects:
        yield subject.rel, subject.source, subject.name
    if article.teaser is not None:
        yield "teaser", article.teaser.source, article.teaser.text
    for genre in article.genres:
        yield "genre", genre.source, genre.text
    if article.publisher_name is not None:
        yield "publisher", article.publisher_source or "", article.publisher_name


def print_declared(rows: Sequence[Row], articles: Sequence[Article | None]) -> None:
    """Print the table for each part of the pages."""
    print(f"\n{'declared':18} values  stand  share  pages  sent recall")
    for part in dict.fromkeys(row["part"] for row in rows):
        chosen = [
            (row, article)
            for row, article in zip(rows, articles, strict=True)
            if row["part"] == part and article is not None
        ]
        sent, stand, pages, found = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        for row, article in chosen:
            count_page(Source(row["html"]), article, (sent, stand, pages, found))
        for field in sent:
            recall = f"{found[field] / pages[field]:.3f}" if pages[field] else "-"
            print(
                f"{part + ' ' + field:18} {sent[field]:6} {stand[field]:6}"
                f" {stand[field] / sent[field]:6.3f}  {pages[field]:5} {found[field]:5} {recall}"
            )
    print_judged(rows, articles)


def count_page(source: Source, article: Article, counts: tuple[Counter[str], ...]) -> None:
    """Count one page: values sent, those that stand where they should, and whether a field that the
    page declares is sent."""
    sent, stand, pages, found = counts
    fields = set()
    for field, place, value in values_of(article):
        fields.add(field)
        sent[field] += 1
        stand[field] += source.has(place, value)
    for person in article.people:
        if person.url is not None:
            sent["author's page"] += 1
            stand["author's page"] += source.links(person.url)
        if person.role is not None:
            sent["role"] += 1
            stand["role"] += source.has("jsonld.jobTitle", person.role) or source.has(
                "text", person.role
            )
    for field, names in DECLARED.items():
        if source.declares(*names):
            pages[field] += 1
            found[field] += field in fields


def print_judged(rows: Sequence[Row], articles: Sequence[Article | None]) -> None:
    """Print how many values are right on the pages that were read by a person."""
    labels: dict[str, dict[str, Any]] = json.loads(LABELS.read_text(encoding="utf-8"))
    right, sent, wanted = Counter[str](), Counter[str](), Counter[str]()
    for row, article in zip(rows, articles, strict=True):
        label = labels.get(row["id"])
        if label is None or article is None:
            continue
        given = facts_of(article)
        for field, truth in label.items():
            if truth is None:
                continue
            sent[field] += len(given[field])
            right[field] += len(set(given[field]) & set(truth))
            wanted[field] += len(truth)
    if not wanted:
        return
    print(f"\n{'read by a person':18} {'sent':>6} {'right':>6} {'prec.':>6}  {'wanted':>6} recall")
    for field in wanted:
        precision = f"{right[field] / sent[field]:6.3f}" if sent[field] else "     -"
        recall = f"{right[field] / wanted[field]:.3f}" if wanted[field] else "-"
        print(
            f"{field:18} {sent[field]:6} {right[field]:6} {precision}  {wanted[field]:6} {recall}"
        )


def facts_of(article: Article) -> dict[str, list[str]]:
    """The values of an article in the form of the labels."""
    subjects = article.subjects
    teaser = article.teaser
    return {
        "people": [person.name for person in article.people],
        "roles": [f"{person.name}: {person.role}" for person in article.people if person.role],
        "author's pages": [person.url for person in article.people if person.url],
        "sections": [subject.name for subject in subjects if subject.rel == "section"],
        "keywords": [subject.name for subject in subjects if subject.rel == "keyword"],
        "teaser": [f"{teaser.role} {digest(teaser.text)}"] if teaser else [],
        "genres": [genre.name for genre in article.genres],
        "publisher": [article.publisher_name] if article.publisher_name else [],
    }


def digest(text: str) -> str:
    """A short digest of a text's words: labels hold no text of a page."""
    return hashlib.sha256(words_of(text).encode()).hexdigest()[:16]
