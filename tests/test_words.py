"""One word, one meaning: names that were given up for the field's own are not used again.

`service/README.md` has the glossary. The keys are retired names, the values what replaced them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

VAGUE = {
    "come", "comes", "coming", "fold", "folded", "folds", "known", "mark", "marks", "place",
    "places", "run", "runs", "sign", "signed", "signs", "tell", "tells", "told",
}  # fmt: skip
"""Words with several meanings: no part of a name in the packages of PRECISE."""
PRECISE = ("contract", "read", "sandbox")
MEANT = frozenset(
    {
        ("contract/attribution.py", "place"),  # a town, as in the dateline's JSON
        ("contract/record.py", "FOLD_STATE"),  # the stage
        ("read/attribution/dateline.py", "is_place"),
        ("read/attribution/dateline.py", "place"),
    }
)
"""Names that have such a word in its own meaning."""
WORD_BREAK = re.compile(r"_|(?<=[a-z])(?=[A-Z])")
RETIRED = {
    "AliveArticles": "are_alive",
    "are_far": "rule_out",
    "Arrivals": "ArticleColumns",
    "asked_keys": "query_keys",
    "Asking": "StoryQuery",
    "Bell": "ChangeFeed",
    "Coming": "PendingArticle",
    "CROWDED": "STOP_KEY_POSTINGS",
    "Cutter": "WordSegmenter",
    "cutter": "word_segmenter",
    "Draft": "PendingMessage",
    "enter_batch": "ingest_batch",
    "enter_failed": "ingest_failed",
    "enter_rejected": "ingest_rejected",
    "filed": "recorded_story_id",
    "Flight": "InFlightWindow",
    "fold_number": "normalise_number",
    "fold_number_words": "inflected_to_digits",
    "fold_spelled": "spelled_to_digits",
    "fold_spelling": "normalise_spelling",
    "Folder": "Assignments",
    "foresee": "prefetch",
    "go_on": "in_next",
    "HeapStore": "RowStore",
    "in_question": "look_up",
    "InMemoryStore": "RowStore",
    "Intake": "GaplessConsumer",
    "known_to_all": "wait_for_metadata",
    "KnownArticle": "ArticleState",
    "KnownStory": "StoryState",
    "Landing": "WatchedFolder",
    "lay_out": "locate_tokens",
    "let_go": "abandon",
    "Mark": "TimelinePoint",
    "mark_articles": "TableChecksum",
    "Memory": "Window",
    "named_original": "declared_original",
    "NewsTooSlow": "MetadataTooSlow",
    "octets": "size",
    "page_draft": "pending_page",
    "Place": "DeskOptions",
    "print_tally": "print_outcomes",
    "run_hashes": "shingle_hashes",
    "Seam": "ChangelogContinuity",
    "ShardFolder": "Checkpoint",
    "shares_tell": "shares_are_conclusive",
    "ShardStore": "RowStore",
    "Sieve": "Prefilter",
    "Sight": "WorkerSnapshot",
    "Signed": "ExplainedArticle",
    "standing": "compared_representatives",
    "stands": "representative_uris",
    "StoredPlace": "StoredPlacement",
    "take_marks": "take_revision",
    "Takeover": "Restorer",
    "Tally": "OutcomeCounts",
    "tally": "counts",
    "tell_language": "identify_language",
    "tells": "is_conclusive",
    "tells_article": "identifies_article",
    "turned_away": "without_event",
    "TurnedAway": "PagesWithoutEvent",
    "unname": "release",
    "Wanted": "ArticleReference",
    "Work": "PlacementStats",
}
RETIRED_MODULES = {
    "landing": "watched_folder",
    "tally": "outcome_counts",
    "wanted": "article_reference",
}
SERVICE = Path(__file__).parents[1] / "service"


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Every name that a module defines, assigns or takes as a parameter."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


@pytest.fixture(scope="module")
def names() -> dict[Path, set[str]]:
    """The names of each module of the service."""
    return {
        path.relative_to(SERVICE): set(identifiers(ast.parse(path.read_text(encoding="utf-8"))))
        for path in sorted(SERVICE.rglob("*.py"))
    }


def test_retired_names_are_not_used(names: dict[Path, set[str]]) -> None:
    found = [
        f"{path}: {name}, now {RETIRED[name.lstrip('_')]}"
        for path, own in names.items()
        for name in sorted(own)
        if name.lstrip("_") in RETIRED
    ]
    assert found == []


def test_vague_words_are_no_part_of_a_name(names: dict[Path, set[str]]) -> None:
    found = {
        (path.as_posix(), name)
        for path, own in names.items()
        if path.parts[0] in PRECISE
        for name in own
        if not VAGUE.isdisjoint(part.lower() for part in WORD_BREAK.split(name))
    }
    assert found - MEANT == set()


def test_the_new_names_are_there(names: dict[Path, set[str]]) -> None:
    assert set(RETIRED.values()) <= set().union(*names.values())


def test_retired_names_are_no_modules(names: dict[Path, set[str]]) -> None:
    modules = {path.stem for path in names}
    assert modules.isdisjoint(RETIRED_MODULES)
    assert set(RETIRED_MODULES.values()) <= modules
