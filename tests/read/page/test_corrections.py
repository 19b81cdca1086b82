"""Correction notes in structured data, and the notice and revision that they become."""

import json
from typing import Any

import pytest

from service.contract.attribution import RevisionKind
from service.read.attribution import attribute
from service.read.page.corrections import LONGEST, MOST, read_corrections
from service.read.page.structured_data import Facts
from tests.read.page.pages import news_page, read

NOTE = "The cost of the repair was 4.2 million euros, not 2.4 million."


def facts(correction: Any) -> Facts:
    return Facts([{"@type": "NewsArticle", "headline": "A", "correction": correction}])


@pytest.mark.parametrize(
    "correction",
    [
        NOTE,
        [NOTE],
        {"@type": "CorrectionComment", "text": NOTE, "datePublished": "2026-03-05"},
        [{"@type": "CorrectionComment", "description": NOTE}],
        [NOTE, {"@type": "CorrectionComment", "text": NOTE}],
    ],
)
def test_a_declared_correction_becomes_revision_and_notice(correction: Any) -> None:
    assert read_corrections(facts(correction)) == (NOTE,)
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "correction": correction}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    found = attribute(read(news_page(head=script)))
    assert found.wire.revision is not None
    assert found.wire.revision.kind is RevisionKind.CORRECTION
    assert NOTE in [notice.text for notice in found.notices]


@pytest.mark.parametrize("correction", [None, "", [], {}, 7, [True, None, {"text": 3}]])
def test_nothing_declared(correction: Any) -> None:
    assert read_corrections(facts(correction)) == ()


def test_many_and_long_notes_are_bounded() -> None:
    notes = read_corrections(facts([f"{n} " + "x" * 9_000 for n in range(50)]))
    assert len(notes) == MOST
    assert {len(note) for note in notes} == {LONGEST}
