"""The text of an article that may be shown: never a withdrawn one."""

from service.desk.ingest.article import CANCELED
from service.desk.queries.story import Member, text_of


def is_withdrawn(member: Member) -> bool:
    """Whether the article was taken down, by itself or with its story."""
    return member.event.pub_status == CANCELED or member.row["story_status"] == "withdrawn"


def shown_text(member: Member) -> str | None:
    """The text; None if there is none or it was withdrawn."""
    return None if is_withdrawn(member) else text_of(member.event)
