"""What happened to a story, in order of time, and what its articles say of rights."""

from dataclasses import dataclass

from service.desk.queries.story import Story


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a story's history: when, what, of which article."""

    time: str
    what: str
    uri: str | None = None
    host: str | None = None
    detail: str = ""


_HAPPENED = {
    "headline": "the headline became",
    "agency": "the agency became",
    "original": "another article was taken for the original",
    "status": "the story became",
    "merged_into": "the story was merged into another",
}


_IDS = ("original", "merged_into")
"""Changes to an id, which says nothing to a person."""


def history(story: Story) -> list[Entry]:
    """Takes of the text and changes of the story's state, in order of time."""
    takes = [
        Entry(
            time=take["time"],
            what=f"{take['relation']}, version {take['version']}",
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
    """(kind, text, host) of the notices that the shown articles print; each text once."""
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
