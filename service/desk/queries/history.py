"""A story's history in order of time, and the rights notices in its articles."""

import sqlite3
from dataclasses import dataclass

from service.desk.queries.story import RESTATED, Story


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a story's history: time, what happened, and which article it concerns.

    `authority` is that of an update, a correction or a withdrawal, as a code.
    """

    time: str
    what: str
    uri: str | None = None
    host: str | None = None
    detail: str = ""
    authority: str | None = None


_HAPPENED = {
    "headline": "the headline became",
    "agency": "the agency became",
    "original": "another article became the original",
    "status": "the story became",
    "merged_into": "the story was merged into another",
}


def _what(take: sqlite3.Row) -> str:
    if take["by_itself"]:
        return f"version {take['version']} was taken down by the operator, by itself"
    if take["takedown"]:
        return f"version {take['version']} was taken down with the story"
    if take["type"] == RESTATED:
        return f"version {take['version']} is {take['relation']} now"
    return f"{take['relation']}, version {take['version']}"


def history(story: Story) -> list[Entry]:
    """Takes of the text and changes of the story's state, in order of time."""
    takes = [
        Entry(
            time=take["time"],
            what=_what(take),
            authority=None if take["takedown"] else take["authority"],
            uri=take["uri"],
            host=take["host"],
            detail=take["title"] or "",
        )
        for take in story.takes
    ]
    changes = [
        Entry(
            time=change["time"] or "",
            what=_HAPPENED[change["what"]],
            uri=change["after"] if change["what"] == "original" else None,
            detail=""
            if change["what"] in ("original", "merged_into")
            else change["after"] or "none",
        )
        for change in story.changes
    ]
    return sorted(takes + changes, key=lambda entry: entry.time)


def notices(story: Story) -> list[tuple[str, str, str]]:
    """(kind, text, host) of the notices in the articles shown; each text once, with one host."""
    seen: dict[tuple[str, str], str] = {}
    members = ([story.original] if story.original else []) + story.copies
    for member in members:
        event = member.event
        for kind, text in (
            ("advisory", event.ed_note),
            ("copyright", event.copyright_notice),
            ("terms", event.usage_terms),
        ):
            if text:
                seen.setdefault((kind, text), member.row["host"])
    return [(kind, text, host) for (kind, text), host in seen.items()]
