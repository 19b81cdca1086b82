"""A halted stage: it writes nothing more and stays in its group, until somebody resumes it.

A worker that exits instead is started again by whatever supervises it, and turns some more of its
input into dead letters each time. `copydesk resume` and a restart end a halt; the state directory
remembers it, so that a restart is stopped sooner by the same failures.
"""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path

import orjson

from service.contract.outcome import FailureReason
from service.settings import Settings
from service.worker.dead_letters.failure import Failure
from service.worker.dead_letters.limit import DeadLetterLimit, Excess
from service.worker.health.exit import UNREADABLE, Stop
from service.worker.observe import measure
from service.worker.observe.measure import NEWER_VERSION

logger = logging.getLogger(__name__)

_FILE = "halted.json"
_WAY_ON = (
    "Nothing is lost: this input and those after it stay where they are. Repair the cause, then run"
    " `copydesk resume` or start the worker again; `copydesk replay` puts back what is in"
    " pages.failed."
)


_NEWER_WAY_ON = (
    "Nothing is lost: the record and those after it stay where they are. This version cannot read"
    " it, so `copydesk resume` and a restart only try again."
)


class Halts:
    """The halts of a worker's stages, by `read` and `fold`; kept in the state directory."""

    def __init__(self, settings: Settings) -> None:
        """Read which stages were halted when the last worker with this directory ended."""
        self._file = settings.state_dir / _FILE
        self._exits = settings.on_failures == "exit"
        self._earlier = _read(self._file)
        self._halted: dict[str, str] = {}
        self._over: dict[str, asyncio.Event] = {}
        self._resumed: dict[str, int] = {}

    @property
    def halted(self) -> Mapping[str, str]:
        """Why each stage is halted that is."""
        return self._halted

    def reasons_before(self, stage: str) -> tuple[FailureReason, ...]:
        """Return the reasons of the halt that a restart ended; none if there was no halt."""
        return self._earlier.get(stage, ())

    def times_resumed(self, stage: str) -> int:
        """Return how often the stage was resumed since the start of this worker."""
        return self._resumed.get(stage, 0)

    def halt(self, stage: str, excess: Excess) -> None:
        """Halt a stage after too many dead letters. One that is halted already stays so, for the
        first reason.

        Raises:
            Stop: the settings say to exit instead.
        """
        if stage in self._halted:
            return
        self._earlier[stage] = excess.reasons
        _write(self._file, self._earlier)
        self._halt(stage, excess.what, excess.reason, _WAY_ON)

    def halt_before_newer(self, stage: str, what: str) -> None:
        """Halt a stage before a record of a later version. One that is halted already stays so.

        Raises:
            Stop: the settings say to exit instead.
        """
        if stage not in self._halted:
            self._halt(stage, what, NEWER_VERSION, _NEWER_WAY_ON)

    def _halt(self, stage: str, what: str, reason: str, way_on: str) -> None:
        if self._exits:
            raise Stop(f"{what}. The worker stops here. {way_on}", UNREADABLE)
        self._halted[stage] = what
        self._over[stage] = asyncio.Event()
        measure.halted(stage, reason)
        logger.critical("%s. The stage is halted. %s", what, way_on)

    async def over(self, stage: str) -> None:
        """Return when the stage is not halted."""
        while stage in self._halted:
            await self._over[stage].wait()

    def resume(self) -> dict[str, str]:
        """End all halts; return why each was."""
        ended, self._halted = self._halted, {}
        for stage, why in ended.items():
            logger.warning("%s goes on: resumed after %s", stage.upper(), why)
            self._resumed[stage] = self.times_resumed(stage) + 1
            measure.halted(stage, None)
            self.forget(stage)
            self._over.pop(stage).set()
        return ended

    def forget(self, stage: str) -> None:
        """Forget a stage's halt: the next start is like any other."""
        if stage in self._earlier:
            del self._earlier[stage]
            _write(self._file, self._earlier)


class FailureGate:
    """The way of one stage's outcomes to the broker: it counts them, and is shut while the stage is
    halted."""

    def __init__(self, stage: str, name: str, settings: Settings, halts: Halts) -> None:
        """Open the gate.

        Args:
            name: the stage, or its shard, for people.
        """
        self._stage = stage
        self._halts = halts
        before = halts.reasons_before(stage)
        self._limit = DeadLetterLimit(name, settings, again=before)
        self._resumed = halts.times_resumed(stage)

    async def enter(self, failure: Failure | None) -> None:
        """Count an outcome, and wait if its stage is halted, by this outcome or another.

        Raises:
            Stop: a limit is exceeded, and the settings say to exit.
        """
        on_probation = self._limit.is_on_probation
        if excess := self._limit.enter(failure):
            self._halts.halt(self._stage, excess)
        elif on_probation and not self._limit.is_on_probation:
            self._halts.forget(self._stage)
        await self._halts.over(self._stage)
        if self._resumed != self._halts.times_resumed(self._stage):
            self._resumed = self._halts.times_resumed(self._stage)
            self._limit.clear()


def _read(file: Path) -> dict[str, tuple[FailureReason, ...]]:
    try:
        kept = orjson.loads(file.read_bytes())
        return {stage: tuple(map(FailureReason, reasons)) for stage, reasons in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        logger.warning("%s cannot be read and is ignored: %s", file, error)
        return {}


def _write(file: Path, halts: Mapping[str, tuple[FailureReason, ...]]) -> None:
    """Replace the file; a halt does not depend on it."""
    try:
        if halts:
            new = file.with_suffix(".new")
            new.write_bytes(orjson.dumps(halts))
            new.replace(file)
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("%s cannot be written: %s", file, error)
