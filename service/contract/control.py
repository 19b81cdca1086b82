"""An operator's decision on its way to FOLD: a record on `articles.extracted`, among the articles.

It is in the input partition of its shard, so that its order among the articles is fixed and a
replay of the input gives the same result.
"""

from enum import StrEnum

from pydantic import Field

from service.contract.cloud_event import EXTRACTED_SCHEMA, cloud_headers, schema_id
from service.contract.identity import STORY_URN
from service.contract.moment import Moment
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import Model, dump

CONTROL_TYPE = "copydesk.control"
"""`ce_type` of a control on `articles.extracted`. READ never copies a header of a page, so a page
cannot be one."""

CONTROL_ID = "copydesk-control"
"""Header with the control's id, on the control and on every record that it gives."""

CONTROL_EVENTS = "copydesk-control-events"
"""Header with the number of records on `articles` and `stories` that a control gives, on each of
them."""

LONGEST_REASON = 1000


class ControlAction(StrEnum):
    """What an operator can decide.

    `withdraw` and `reinstate` apply to a story, or to one article. `same` makes the stories of two
    articles one. `apart` gives an article a story of its own. `original` makes an article the
    original of its story.
    """

    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    SAME = "same"
    APART = "apart"
    ORIGINAL = "original"


class Control(Model):
    """One decision of an operator."""

    id: str = Field(
        pattern="^[0-9a-f]{32}$",
        description="Made by the command; a repeat of the same control has no effect.",
    )
    action: ControlAction = Field(description="What the operator decided.")
    target: str = Field(description="Uri of an article, or id of a story.")
    other: str | None = Field(
        default=None,
        description="Second article or story of `same` and `apart`. Absent for other actions.",
    )
    language: str = Field(
        description="Language of the story, BCP 47: it says in which shard the story is."
    )
    why: str = Field(min_length=1, max_length=LONGEST_REASON, description="The operator's reason.")
    at: Moment = Field(
        description="Time of the decision by the command's clock. As a fetch time, it is input."
    )


def control_record(control: Control, partition: int) -> Record:
    """Return the record of a control.

    Args:
        partition: of `articles.extracted`, the shard of the control's language.
    """
    headers = cloud_headers(
        id=control.id,
        type=CONTROL_TYPE,
        schema=schema_id("control"),
        subject=control.target,
        time=control.at,
    )
    own = (
        (EXTRACTED_SCHEMA, schema_id("control").encode()),
        (CONTROL_ID, control.id.encode()),
    )
    return Record(
        topic=Topic.EXTRACTED,
        key=control.target.encode(),
        value=dump(control),
        headers=headers + own,
        partition=partition,
    )


def is_control(message: InputMessage) -> bool:
    """Return True if a record of `articles.extracted` is a control, and not an article."""
    return message.header("ce_type") == CONTROL_TYPE.encode()


def opposite(action: ControlAction, target: str, other: str | None) -> tuple[str, ...] | None:
    """Return the words of the command that undoes a decision; None if there is none.

    Args:
        other: see `OperatorDecision`.
    """
    match action:
        case ControlAction.WITHDRAW:
            return (ControlAction.REINSTATE.value, target)
        case ControlAction.REINSTATE:
            return (ControlAction.WITHDRAW.value, target)
        case ControlAction.ORIGINAL:
            return None if other is None else (ControlAction.ORIGINAL.value, other)
        case ControlAction.APART:
            return None if other is None else (ControlAction.SAME.value, target, other)
        case ControlAction.SAME:
            if other is None or target.startswith(STORY_URN) or other.startswith(STORY_URN):
                return None  # a single article can be given a story of its own, not a story
            return (ControlAction.APART.value, target, other)
