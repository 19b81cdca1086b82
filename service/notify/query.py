"""The query of a subscription: what the desk's search box takes, as far as one event answers it.

The box forgives what it does not understand and searches it as words. Here nobody looks at the
result, so it is refused.
"""

import re
from dataclasses import replace

from service.agencies import agencies
from service.contract.identity import STORY_URN
from service.contract.record import Topic
from service.desk.queries.search_box import KEYS, parse_typed
from service.desk.queries.search_text import LONGEST, match_of
from service.desk.queries.story_filters import NO_AGENCY, StoryFilters

_OF_STORIES = frozenset({"agency", "original", "id"})
"""Filters that the state of a story answers; the others are about single articles."""

_FILTER = re.compile(r'(?<!\S)([A-Za-z]+):("[^"]*"|\S*)')
_QUOTED = re.compile(r'"[^"]*"')
_STORY = re.compile(re.escape(STORY_URN) + "[0-9a-f]{32}")


class UnfitQuery(ValueError):
    """The query cannot be asked of one event; says why, and what to write instead."""


def read_query(text: str, topic: Topic) -> StoryFilters:
    """Return the filters of a query; an empty one takes every event.

    Args:
        topic: whose events it is asked of, `articles` or `stories`.

    Raises:
        UnfitQuery: a part is misspelt, or one event does not say it.
    """
    typed = parse_typed(text)
    if typed.host is not None:
        raise UnfitQuery(
            f'write host:{typed.host} for the site, or "{typed.host}" in quotes for the word'
        )
    named = _FILTER.search(_QUOTED.sub(" ", typed.words))
    if named is not None:
        raise UnfitQuery(_not_understood(named[1], text))
    filters = replace(StoryFilters(), **typed.filters, q=typed.words)  # type: ignore[arg-type]
    _check_words(filters)
    if filters.agency not in ("", NO_AGENCY, *(each.key for each in agencies())):
        raise UnfitQuery(f"{filters.agency!r} is no agency: `copydesk agencies` lists them")
    if filters.id and not _STORY.fullmatch(filters.id):
        raise UnfitQuery(
            f"an event does not say in which story another article is: name the story by its id"
            f" ({STORY_URN}...), not {filters.id!r}"
        )
    beyond = [name for name, _ in filters.active if name not in _OF_STORIES]
    if topic is Topic.STORIES and beyond:
        what = ", ".join("words" if name == "q" else f"{name}:" for name in beyond)
        raise UnfitQuery(f"the state of a story does not answer {what}: ask it of articles")
    return filters


def _check_words(filters: StoryFilters) -> None:
    for text in (filters.q, filters.by):
        if text and match_of(text) is None:
            raise UnfitQuery(f"{text!r} has no word")
        if len(text) > LONGEST:
            raise UnfitQuery(f"words of more than {LONGEST} characters")


def _not_understood(name: str, text: str) -> str:
    if name.lower() in KEYS:
        value = next((found[2] for found in _FILTER.finditer(text) if found[1] == name), "")
        return f"{name}: does not take {value!r}"
    known = ", ".join(f"{each}:" for each in KEYS)
    return f'{name}: is none of {known}; put it in quotes if it is a word: "{name}:..."'
