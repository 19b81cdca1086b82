"""What a new version says that the version before did not."""

from typing import Unpack

import pytest

from service.contract.article import Notice, NoticeKind
from service.contract.attribution import Dateline, RevisionKind
from service.contract.changes import Changes
from service.contract.extracted import Extracted
from service.contract.fold_state import ClockRecord
from service.contract.serde import dump, load
from service.fold.assign.decision import Decision, Placed
from service.fold.shard import Shard
from service.fold.state.article import ArticleState
from service.fold.state.restore import signature_of, stored_text
from service.text.signature import sign
from tests.fold.articles import ArticleOptions, extracted
from tests.fold.changelog import Changelog

HERE = "https://gazette.example/2026/ferries"
THERE = "https://gazette.example/2026/ferries-update"
FIRST = (
    "Ferries left the harbour of Port Soledad on Tuesday for the first time in 12 days, the harbour"
    " master said. Some 3,000 passengers were waiting.\n\n"
    "Engineers had repaired the northern pier. More are expected before the week is over, she said."
)


def version(
    text: str = FIRST, offset: int = 0, url: str = HERE, **more: Unpack[ArticleOptions]
) -> Extracted:
    return extracted(text, url=url, offset=offset, **more)


def noted(made: Extracted, *notes: str, core: str = FIRST) -> Extracted:
    """Give an article correction notes, as READ does."""
    notices = tuple(Notice(text=note, kind=NoticeKind.CORRECTION) for note in notes)
    article = made.article.model_copy(
        update={"notices": notices, "content_hash": f"{made.article.content_hash}{len(notes)}"}
    )
    signature = sign(core, article.language, notes)
    return made.model_copy(update={"article": article, "signature": signature})


def changes(decision: Decision) -> Changes:
    assert isinstance(decision, Placed)
    assert decision.changes is not None
    return decision.changes


def second(made: Extracted, first: Extracted | None = None) -> Changes:
    shard = Shard()
    shard.place(first or version())
    return changes(shard.place(made))


def test_a_first_version_has_no_changes() -> None:
    placed = Shard().place(version())
    assert isinstance(placed, Placed)
    assert placed.changes is None


def test_added_sentences_are_given_as_printed_with_their_numbers_and_names() -> None:
    added = "“We sail with 4,200 people,” said Maria Lopez of the harbour."
    said = second(version(f"{FIRST} {added}", 1))
    assert (said.added, said.removed, said.sentences) == (1, 0, (added,))
    assert said.numbers_added == ("4,200",)
    assert said.names_added == ("Maria Lopez",)
    assert said.headline_before is None


def test_a_changed_number_is_a_sentence_added_and_one_removed() -> None:
    said = second(version(FIRST.replace("12", "15"), 1))
    assert (said.added, said.removed) == (1, 1)
    assert (said.numbers_added, said.numbers_removed) == (("15",), 1)


def test_of_removed_sentences_only_the_number_is_known() -> None:
    said = second(version(FIRST.replace(" Some 3,000 passengers were waiting.", ""), 1))
    assert (said.added, said.removed, said.sentences) == (0, 1, ())
    assert said.numbers_removed == 1


def test_form_headings_and_pointers_are_no_change() -> None:
    text = FIRST.replace("\n\n", "\n\nWhat we know\n\nRead also: Storm hits the coast\n\n")
    said = second(version(text.replace("pier.", "pier!").upper(), 1))
    assert said == Changes(against=said.against, added=0, removed=0)


def test_the_headline_before_is_given_if_it_was_another() -> None:
    said = second(version(FIRST, 1, title="Ferries sail"), version(title="Ferries  wait"))
    assert said.headline_before == "Ferries  wait"
    same = second(
        version(FIRST + " More.", 1, title="FERRIES WAIT!"), version(title="Ferries wait")
    )
    assert same.headline_before is None


def test_a_dateline_is_no_part_of_the_sentence_after_it() -> None:
    dateline = "PORT SOLEDAD, March 10 (AP) —"
    first = version()
    core = FIRST.replace("Tuesday", "Wednesday")
    made = version(f"{dateline} {core}", 1)
    made = made.model_copy(
        update={
            "signature": sign(core, "en"),
            "wire": made.wire.model_copy(update={"dateline": Dateline(text=dateline)}),
        }
    )
    said = second(made, first)
    assert (said.added, said.removed) == (1, 1)
    assert said.sentences[0].startswith("Ferries left")


def test_a_trailer_that_is_no_part_of_the_story_is_not_added() -> None:
    made = version(f"{FIRST}\n\nReporting by Ann Example; editing by Bob Sample.", 1)
    said = second(made.model_copy(update={"signature": sign(FIRST, "en")}))
    assert (said.added, said.removed) == (0, 0)


def test_the_words_of_a_correction_are_given_when_they_are_new() -> None:
    note = "Correction: an earlier version gave another number of days."
    shard = Shard()
    shard.place(version())
    said = changes(shard.place(noted(version(offset=1), note)))
    assert (said.correction, said.added, said.removed) == (note, 0, 0)
    text = FIRST + " More ferries sail."
    again = changes(shard.place(noted(version(text, 2), note, core=text)))
    assert (again.correction, again.added) == (None, 1)


def test_an_update_at_another_address_is_compared_with_its_parent() -> None:
    first = version()
    made = version(FIRST + " Seven ships left.", 1, THERE, revision=RevisionKind.UPDATE)
    said = second(made, first)
    assert said.against == first.article.uri
    assert said.sentences == ("Seven ships left.",)


def test_a_copy_at_another_address_has_no_changes() -> None:
    shard = Shard()
    shard.place(version())
    placed = shard.place(version(FIRST + " Seven ships left.", 1, "https://farm.example/ferries"))
    assert isinstance(placed, Placed)
    assert placed.changes is None


@pytest.mark.parametrize("lacks", ["first", "second"])
def test_without_fingerprints_nothing_is_counted(lacks: str) -> None:
    made = {"first": version(), "second": version(FIRST + " More.", 1, title="Another")}
    signature = made[lacks].signature.model_copy(update={"sentences": None})
    made[lacks] = made[lacks].model_copy(update={"signature": signature})
    said = second(made["second"], made["first"])
    assert (said.added, said.removed, said.sentences) == (None, None, ())
    assert said.headline_before is not None


def test_fingerprints_of_another_form_are_as_none() -> None:
    first = version()
    signature = first.signature.model_copy(update={"sentences": "////"})
    said = second(version(FIRST + " More.", 1), first.model_copy(update={"signature": signature}))
    assert said.added is None


def test_many_sentences_are_counted_but_not_all_shown() -> None:
    more = " ".join(f"Ship number {n} has left the harbour." for n in range(40))
    said = second(version(f"{FIRST} {more}", 1))
    assert (said.added, len(said.sentences)) == (40, 20)
    assert len(said.numbers_added) == 20


def test_a_signature_that_is_made_again_has_the_fingerprints() -> None:
    made = version()
    article = ArticleState.of(made, None, 1, 0.0, ClockRecord(now=0.0))
    again = signature_of(article, stored_text(made.article.title, made.signature))
    assert again.sentences == made.signature.sentences is not None


def test_a_restored_shard_reports_the_same() -> None:
    first, then = version(), version(FIRST.replace("12", "15") + " Maria Lopez waits.", 1)
    shard = Shard()
    placed = shard.place(first)
    assert isinstance(placed, Placed)
    other = Changelog.of([placed.saved]).restored()
    expected = changes(shard.place(then))
    assert changes(other.place(load(Extracted, dump(then)))) == expected
    assert expected.added == 2
