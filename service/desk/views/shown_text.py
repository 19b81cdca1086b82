"""Which text of an article may be shown: none that was withdrawn."""

from service.desk.enter_article import CANCELED
from service.desk.queries.story import Member, text_of


def is_withdrawn(member: Member) -> bool:
    """Whether the article was taken down, by itself or with its story."""
    return member.event.pub_status == CANCELED or member.row["story_status"] == "withdrawn"


def shown_text(member: Member) -> str | None:
    """The text; None where there is none to show."""
    return None if is_withdrawn(member) else text_of(member.event)
