"""What `copydesk fold` says at its end: how many pages gave what, and why the others gave none."""

from collections import Counter
from typing import Any

from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import Record, Topic
from service.contract.serde import load_json
from service.contract.translations import is_translations
from service.local.no_article import reason_of

SHOWN = 3
"""Number of pages without an article that are named with their reason."""

_UNUSABLE = (Topic.FAILED, Topic.REJECTED)


class FoldSummary:
    """Counts records as they come out of the pipeline.

    Attributes:
        kinds: number of records by topic.
        reasons: number of pages without an article, by topic and reason.
        translations: number of translations of each story, by the key of the events that say so.
    """

    def __init__(self) -> None:
        self.kinds: Counter[Topic] = Counter()
        self.reasons: dict[Topic, Counter[str]] = {topic: Counter() for topic in _UNUSABLE}
        self.translations: dict[bytes, int] = {}
        self._first: dict[Topic, list[str]] = {topic: [] for topic in _UNUSABLE}

    def add(self, record: Record) -> None:
        """Count the next record."""
        if is_translations(record):
            said = load_json(record.value or b"null")
            self.translations[record.key or b""] = len(said["translations"])
            return
        self.kinds[record.topic] += 1
        if record.topic not in _UNUSABLE:
            return
        headers = {name: raw.decode("utf-8", "replace") for name, raw in record.headers}
        reason = headers.get(REASON, "?")
        self.reasons[record.topic][reason] += 1
        first = self._first[record.topic]
        if len(first) < SHOWN:
            first.append(f"{_name(record, headers)}: {reason_of(record)}")

    @property
    def done(self) -> int:
        """Number of pages that have an outcome. A takedown of an earlier copy counts as one too."""
        return sum(self.kinds[topic] for topic in (Topic.ARTICLES, *_UNUSABLE))

    @property
    def links(self) -> int:
        """Number of pairs of stories of which one is a translation of the other."""
        return sum(self.translations.values()) // 2

    @property
    def is_empty(self) -> bool:
        """True if no article came out."""
        return not self.kinds[Topic.ARTICLES]

    def lines(self, seconds: float) -> list[str]:
        """The summary for people: the counts with their reasons, and the first pages that failed;
        if nothing came out, also the first that were rejected."""
        parts = [
            f"{self.kinds[Topic.ARTICLES]} article events",
            f"{self.kinds[Topic.STORIES]} story changes",
            *([f"{self.links} links between translations"] if self.translations else []),
            *(
                f"{self.kinds[topic]} {name}{_by_reason(self.reasons[topic])}"
                for topic, name in ((Topic.REJECTED, "rejected"), (Topic.FAILED, "failed"))
            ),
        ]
        return [f"{', '.join(parts)} in {seconds:.1f} s", *(f"  {line}" for line in self.first())]

    def first(self) -> list[str]:
        """The first pages that failed, each with its reason; if no article came out, then also
        those that were rejected. `SHOWN` lines at most."""
        rejected = self._first[Topic.REJECTED] if self.is_empty else []
        return [*self._first[Topic.FAILED], *rejected][:SHOWN]

    def as_object(self, seconds: float) -> dict[str, Any]:
        """The summary for programs."""
        return {
            "articles": self.kinds[Topic.ARTICLES],
            "stories": self.kinds[Topic.STORIES],
            "links": self.links,
            "rejected": self.kinds[Topic.REJECTED],
            "failed": self.kinds[Topic.FAILED],
            "rejected_by_reason": dict(self.reasons[Topic.REJECTED]),
            "failed_by_reason": dict(self.reasons[Topic.FAILED]),
            "first": self.first(),
            "seconds": round(seconds, 3),
        }


def _by_reason(reasons: Counter[str]) -> str:
    if not reasons:
        return ""
    return f" ({', '.join(f'{count} {reason}' for reason, count in reasons.most_common())})"


def _name(record: Record, headers: dict[str, str]) -> str:
    """The address of a page; its place in the input if it has none."""
    if record.key:
        return record.key.decode("utf-8", "replace")
    place = headers.get(ERROR_PREFIX + "topic")
    if place is None:
        return "(no address)"
    return f"{place}, number {headers.get(ERROR_PREFIX + 'offset', '?')}"
