"""What the operator decided about a story, and the commands that would undo it."""

import shlex
import sqlite3
from dataclasses import dataclass

from service.contract.control import opposite
from service.contract.serde import Model, dump, load
from service.contract.story import OperatorDecision


class Decisions(Model):
    """The decisions about a story, as one value of a row."""

    decisions: tuple[OperatorDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision; `undo` is the command that undoes it, None if there is none or it is ended."""

    decision: OperatorDecision
    undo: str | None


def keep_decisions(
    db: sqlite3.Connection, story_id: str, decisions: tuple[OperatorDecision, ...]
) -> None:
    """Store the decisions about a story, in place of the earlier ones."""
    db.execute("DELETE FROM story_decisions WHERE story_id = ?", (story_id,))
    if decisions:
        value = dump(Decisions(decisions=decisions)).decode()
        db.execute("INSERT INTO story_decisions VALUES (?, ?)", (story_id, value))


def load_decisions(db: sqlite3.Connection, story_id: str) -> list[ShownDecision]:
    """Return the decisions about a story, in the order in which they were carried out."""
    row = db.execute(
        "SELECT decisions FROM story_decisions WHERE story_id = ?", (story_id,)
    ).fetchone()
    if row is None:
        return []
    found = load(Decisions, row["decisions"].encode()).decisions
    return [ShownDecision(each, _undo(each)) for each in found]


def _undo(decision: OperatorDecision) -> str | None:
    words = opposite(decision.action, decision.target, decision.other)
    if words is None or decision.ended:
        return None
    return f"copydesk {shlex.join(words)} --why TEXT"
