"""The exports of stories and articles: the same queries as the pages, for programs."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from service.desk.queries.article_list import ArticleRows, list_articles, list_members
from service.desk.queries.search_box import apply_typed
from service.desk.queries.story import story_of
from service.desk.queries.story_filters import StoryFilters
from service.desk.queries.story_list import StoryRow, list_stories
from service.desk.views.addresses import article_path, story_path
from service.desk.views.export import answer, links
from service.desk.views.export_formats import NEVER, Entry, Listing
from service.desk.views.page import desk_of
from service.desk.views.wording import agency_name

PAGE = 100
"""Rows of a page unless `limit` asks for another number."""

STORY_COLUMNS = (
    *("id", "headline", "agency", "language", "original_uri", "original_host", "original_why"),
    *("copies", "hosts", "relations", "first_seen", "last_seen", "status", "revision"),
    "translated",
)
ARTICLE_COLUMNS = (
    *("uri", "story", "relation", "parent", "similarity", "agency", "language", "host", "url"),
    *("title", "by", "published", "seen", "words", "version", "status", "original_uri"),
    *("original_host", "story_headline"),
)


async def stories_export(request: web.Request) -> web.Response:
    """`GET /stories.FORMAT`: the stories of `/` with the same query."""
    filters = await _filters(request)
    found = await desk_of(request).model.read(list_stories, filters)

    def path(page: int) -> str:
        return filters.path(request.path, page=page)

    return answer(
        request,
        Listing(
            title=_title("Stories", filters),
            columns=STORY_COLUMNS,
            rows=[_story(row) for row in found.rows],
            entries=[_story_entry(row) for row in found.rows],
            total=found.total,
            at_least=found.at_least,
            page=filters.page,
            pages=found.pages,
            links=links(path, filters.page, found.more, filters.path(limit=0, page=filters.page)),
        ),
    )


async def articles_export(request: web.Request) -> web.Response:
    """`GET /articles.FORMAT`: the articles that the same query finds, newest first."""
    filters = await _filters(request)
    found = await desk_of(request).model.read(list_articles, filters)
    return _articles(request, filters, found, _title("Articles", filters), filters.path(limit=0))


async def story_export(request: web.Request) -> web.Response:
    """`GET /story/ID.FORMAT`: the articles of a story, newest first."""
    desk, given = desk_of(request), request.match_info["id"]
    filters = await _filters(request)
    root = await desk.model.read(story_of, given)
    if root is None:
        raise web.HTTPNotFound(text="This story is not stored.")
    found = await desk.model.read(list_members, root, filters)
    title = found.rows[0]["headline"] if found.rows else "A story without an article"
    return _articles(request, filters, found, title, story_path(root))


async def _filters(request: web.Request) -> StoryFilters:
    asked = StoryFilters.from_query({"limit": str(PAGE), **request.query})
    return await desk_of(request).model.read(apply_typed, asked)


def _title(name: str, filters: StoryFilters) -> str:
    return ", ".join([name, *(f"{each} {value}" for each, value in filters.active)])


def _articles(
    request: web.Request, filters: StoryFilters, found: ArticleRows, title: str, alternate: str
) -> web.Response:
    def path(page: int) -> str:
        return filters.path(request.path, page=page)

    return answer(
        request,
        Listing(
            title=title,
            columns=ARTICLE_COLUMNS,
            rows=[_article(row) for row in found.rows],
            entries=[_article_entry(row) for row in found.rows],
            total=found.total,
            at_least=found.at_least,
            page=filters.page,
            pages=found.pages,
            links=links(path, filters.page, found.more, alternate),
        ),
    )


def _story(row: StoryRow) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "headline": row.headline,
        "agency": row.agency,
        "language": row.language,
        "original_uri": row.original_uri,
        "original_host": row.original_host,
        "original_why": row.original_why,
        "copies": row.copies,
        "hosts": row.host_count,
        "relations": dict(row.relations),
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "status": row.status,
        "revision": row.revision,
        "translated": row.translated,
    }


def _story_entry(row: StoryRow) -> Entry:
    copies = f"{row.copies} {'copy' if row.copies == 1 else 'copies'}"
    relations = ", ".join(f"{count} {code}" for code, count in row.relations)
    return Entry(
        id=row.id,
        title=row.headline,
        updated=row.last_seen or NEVER,
        link=story_path(row.id),
        summary=f"{row.status}, {copies}{f' ({relations})' if relations else ''}"
        f" on {row.host_count} {'host' if row.host_count == 1 else 'hosts'}",
        author=agency_name(row.agency) or row.original_host,
    )


def _article(row: sqlite3.Row) -> Mapping[str, Any]:
    return {
        "uri": row["uri"],
        "story": row["story"],
        "relation": row["relation"],
        "parent": row["parent"],
        "similarity": row["similarity"],
        "agency": row["agency"],
        "language": row["language"],
        "host": row["host"],
        "url": row["url"],
        "title": row["title"],
        "by": row["author"],
        "published": row["published"],
        "seen": row["seen"],
        "words": row["words"],
        "version": row["version"],
        "status": "canceled" if _is_withdrawn(row) else "usable",
        "original_uri": row["original_uri"],
        "original_host": row["original_host"],
        "story_headline": row["headline"],
    }


def _article_entry(row: sqlite3.Row) -> Entry:
    state = "withdrawn, " if _is_withdrawn(row) else ""
    return Entry(
        id=row["uri"],
        title=row["title"],
        updated=row["seen"],
        link=article_path(row["uri"]),
        summary=f"{state}{row['relation']} on {row['host']}; the original is on"
        f" {row['original_host']}: {row['headline']}",
        author=row["author"] or row["host"],
    )


def _is_withdrawn(row: sqlite3.Row) -> bool:
    return bool(row["canceled"]) or row["story_status"] == "withdrawn"
