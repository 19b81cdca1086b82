"""Revision markers: what they say, and that they leave headline and text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.attribution import RevisionKind
from service.read.attribution.revision import _markers, take_revision

K = RevisionKind
TEXT = "A ferry ran aground off the cape on Monday.\n\nNobody was hurt."


@pytest.mark.parametrize(
    ("printed", "kind", "number"),
    [
        ("UPDATE 1-Ferry runs aground", K.UPDATE, 1),
        ("Update 12-Ferry runs aground", K.UPDATE, 12),
        ("WRAPUP 3-Ferry runs aground", K.WRAPUP, 3),
        ("CORRECTED-Ferry runs aground", K.CORRECTION, None),
        ("CORRECTED-UPDATE 2-Ferry runs aground", K.CORRECTION, 2),
        ("REFILE-UPDATE 1-Ferry runs aground", K.REFILE, 1),
        ("RPT-Ferry runs aground", K.REPEAT, None),
        ("ADVISORY-Ferry runs aground", K.ADVISORY, None),
        ("STORY WITHDRAWN-Ferry runs aground", K.WITHDRAWAL, None),
        ("WITHDRAWN: Ferry runs aground", K.WITHDRAWAL, None),
        ("KILL: Ferry runs aground", K.WITHDRAWAL, None),
        ("(LEAD) Ferry runs aground", K.UPDATE, None),
        ("(2nd LD) Ferry runs aground", K.UPDATE, 2),
        ("(URGENT) (3rd LD) Ferry runs aground", K.UPDATE, 3),
        ("Ferry runs aground, 1st Ld-Writethru", K.WRITETHRU, 1),
        ("KORREKTUR: Ferry runs aground", K.CORRECTION, None),
        ("ZUSAMMENFASSUNG 2: Ferry runs aground", K.WRAPUP, 2),
        ("RECTIFICATIF: Ferry runs aground", K.CORRECTION, None),
        ("(AMPLIACIÓN) Ferry runs aground", K.UPDATE, None),
        ("CORREÇÃO: Ferry runs aground", K.CORRECTION, None),
        ("(CORREZIONE) Ferry runs aground", K.CORRECTION, None),
        ("RECTIFICATIE: Ferry runs aground", K.CORRECTION, None),
        ("RÄTTELSE: Ferry runs aground", K.CORRECTION, None),
        ("KORJAUS: Ferry runs aground", K.CORRECTION, None),
        ("SPROSTOWANIE: Ferry runs aground", K.CORRECTION, None),
        ("OPRAVA: Ferry runs aground", K.CORRECTION, None),
        ("GÜNCELLEME: Ferry runs aground", K.UPDATE, None),
        ("УТОЧНЕНИЕ: Ferry runs aground", K.CORRECTION, None),
        ("更正：Ferry runs aground", K.CORRECTION, None),
        ("【訂正】Ferry runs aground", K.CORRECTION, None),
        ("撤稿：Ferry runs aground", K.WITHDRAWAL, None),
        ("Ferry runs aground(종합2보)", K.WRAPUP, 2),
        ("Ferry runs aground(3보)", K.UPDATE, 3),
    ],
)
def test_a_mark_in_the_headline_is_read_and_taken_off(
    printed: str, kind: RevisionKind, number: int | None
) -> None:
    revised = take_revision(printed, TEXT)
    assert revised.title == "Ferry runs aground"
    assert revised.revision is not None
    assert (revised.revision.kind, revised.revision.number) == (kind, number)


@pytest.mark.parametrize(
    "title",
    [
        "Update on the ferry that ran aground",
        "Killing time on the ferry",
        "Guards may shoot, kill",
        "Advisory board meets on the ferry",
        "Corrected vision: what a laser can do",
        "Withdrawn from the world, a monk writes",
        "Repeat offenders face the bench",
        "Lead in the water of the capital",
        "Roundup: the ferry, the fog and the football",
    ],
)
def test_a_headline_that_uses_the_word_is_left_alone(title: str) -> None:
    revised = take_revision(title, TEXT)
    assert revised.title == title
    assert revised.revision is None


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("(Adds comment by the owner, paragraph 3)", K.UPDATE),
        ("(Recasts; updates number of passengers)", K.UPDATE),
        ("(ATTN: ADDS details in paras 4-6)", K.UPDATE),
        ("(Corrects name of the cape, paragraph 2)", K.CORRECTION),
        ("(This Dec. 4 story corrects the day of the accident)", K.CORRECTION),
        ("(In this May 8 story, corrects the name in paragraph 12)", K.CORRECTION),
        ("(The May 1 story was refiled to correct a name)", K.REFILE),
        ("(Refiles to fix headline)", K.REFILE),
        ("(Repeats story of Sunday)", K.REPEAT),
        ("(Actualiza con declaraciones)", K.UPDATE),
        ("(Neu: Stellungnahme)", K.UPDATE),
        ("BC-US--Ferry,2nd Ld-Writethru", K.WRITETHRU),
        ("STORY WITHDRAWN: the ferry of Monday", K.WITHDRAWAL),
        ("EDS: photos will follow.", K.ADVISORY),
        ("EDS: KILL. A KILL IS MANDATORY.", K.WITHDRAWAL),
        ("A KILL IS MANDATORY. Delete the story of Monday.", K.WITHDRAWAL),
    ],
)
def test_an_advisory_at_the_head_becomes_a_note(note: str, kind: RevisionKind) -> None:
    revised = take_revision("Ferry runs aground", f"{note}\n\n{TEXT}")
    assert revised.text == TEXT
    assert revised.notes == (note,)
    assert revised.revision is not None
    assert revised.revision.kind is kind


@pytest.mark.parametrize(
    "note",
    [
        "This version corrects the name of the cape.",
        "This story has been corrected to show that nobody was hurt.",
        "An earlier version of this story gave a wrong day.",
        "In einer früheren Version dieses Artikels stand ein falscher Tag.",
        "Une version précédente de cet article donnait un autre jour.",
        "Una versión anterior de este artículo daba otro día.",
        "Een eerdere versie van dit artikel noemde een andere dag.",
        "En tidigare version av artikeln angav fel dag.",
        "Poprzednia wersja tego artykułu podawała inny dzień.",
        "В предыдущей версии этой статьи был указан другой день.",
    ],
)
def test_a_correction_at_the_end_becomes_a_note(note: str) -> None:
    revised = take_revision("Ferry runs aground", f"{TEXT}\n\n{note}")
    assert revised.text == TEXT
    assert revised.notes == (note,)
    assert revised.revision is not None
    assert revised.revision.kind is K.CORRECTION


def test_an_advisory_before_the_dateline_leaves_the_dateline() -> None:
    revised = take_revision("Ferry", f"(Adds details) OSLO, May 5 (Reuters) - {TEXT}")
    assert revised.text == f"OSLO, May 5 (Reuters) - {TEXT}"


@pytest.mark.parametrize(
    "sentence",
    [
        "An earlier version of this drug was withdrawn in spring.",
        "In einer früheren Version von Windows fehlte der Knopf.",
        "(Adding salt is a matter of taste, she says, and of patience",
        "Killers of this kind are rare.",
        "En tidligere version af bilen havde tre hjul.",
    ],
)
def test_prose_that_opens_like_an_advisory_stays(sentence: str) -> None:
    revised = take_revision("Ferry", f"{sentence}\n\n{TEXT}")
    assert revised.text == f"{sentence}\n\n{TEXT}"
    assert revised.revision is None


MARKS = st.text("UPDATE 1-(LEAD) CORRECTED*[]Adds:,é", max_size=40) | st.sampled_from(
    ["UPDATE 2-", "(Adds quote)", "This version corrects the spelling", ", 1st Ld-Writethru"]
)


@given(MARKS, MARKS)
def test_what_no_pattern_matches_one_pattern_tells(left: str, right: str) -> None:
    markers, text = _markers(), left + right
    for patterns, one in ((markers.title, markers.any_title), (markers.line, markers.any_line)):
        alone = any(form.pattern.match(text) for _, form in patterns)
        assert alone == (one.match(text) is not None)
    ends = any(form.pattern.search(text) for _, form in markers.title_end)
    assert ends == (markers.any_title_end.search(text) is not None)


@pytest.mark.parametrize(
    "notice",
    [
        "This article has been withdrawn.",
        "(This story was withdrawn.)",
        "This story has been withdrawn by The Associated Press. No replacement will be sent.",
        "This story has been retracted because its source could not be confirmed.",
        "This report has been withdrawn.",
        "Diese Meldung wurde zurückgezogen.",
        "Cet article a été retiré en raison d'une erreur.",
    ],
)
@pytest.mark.parametrize("place", ["head", "tail"])
def test_a_line_that_says_this_article_is_withdrawn(notice: str, place: str) -> None:
    body = "One paragraph of prose.\n\nAnother paragraph of prose."
    text = f"{notice}\n\n{body}" if place == "head" else f"{body}\n\n{notice}"
    revised = take_revision("A headline", text)
    assert revised.revision is not None
    assert revised.revision.kind is RevisionKind.WITHDRAWAL
    assert revised.text == body


@pytest.mark.parametrize(
    "prose",
    [
        "This report has been withdrawn by the panel, the minister said.",
        "This report has been withdrawn. The panel has not said when it will write another.",
        "This story was withdrawn from schools in 1974, and is read again.",
        "This article was retracted by the journal last year, after readers complained.",
        "This piece has been withdrawn by the museum, which had shown it since May.",
    ],
)
def test_prose_about_something_that_was_withdrawn_is_no_notice(prose: str) -> None:
    text = f"One paragraph of prose.\n\n{prose}"
    assert take_revision("A headline", text).revision is None
    assert take_revision("A headline", text).text == text
