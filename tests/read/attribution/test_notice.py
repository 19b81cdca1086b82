"""Rights notices, in the agency's words and in a translator's."""

import pytest

from service.contract.article import Notice
from service.read.attribution import attribute
from service.read.attribution.notice import complete, is_notice
from tests.read.attribution.articles import article

STORY = "The well was dug in one night.\n\nNobody knows by whom."
TRANSLATED = [
    "Copyright 2017 The Associated Press. All rights reserved. This material can not be"
    " published, transmitted, rewritten or redistributed.",
    "Copyright 2019 Associated Press. All rights are reserved. This matter must not be"
    " released, sent, written again or distributed again without permission.",
    "Author's right 2018 The Associated Press. All the rights held. It is not allowed to publish,"
    " emit, reword or redistribute this matter.",
    "© 2020 La Prensa Asociada. Todos los derechos reservados. Este material no puede ser"
    " publicado, difundido, reescrito o redistribuido.",
    "Urheberrecht 2016 Associated Press. Alle Rechte vorbehalten. Dieses Material darf nicht"
    " veröffentlicht, gesendet, umgeschrieben oder weiterverbreitet werden.",
    "The Associated Press copyright, 2021. Reserved rights. The contents cannot be published,"
    " aired or re-distributed without the consent of the agency.",
    "Droits d'auteur 2015 Associated Press. Tous droits réservés. Ce matériel ne peut être"
    " publié, diffusé, réécrit ou redistribué.",
]


@pytest.mark.parametrize("text", TRANSLATED)
def test_a_translated_notice_is_still_the_agencys(text: str) -> None:
    result = attribute(article(STORY, notices=(Notice(text=text),)))
    assert result.wire.agency == "ap"
    assert [item.rule for item in result.wire.evidence] == ["notice"]


@pytest.mark.parametrize("text", TRANSLATED)
def test_a_notice_left_in_the_body_is_taken_out(text: str) -> None:
    result = attribute(article(f"{STORY}\n\n{text}"))
    assert result.wire.agency == "ap"
    assert result.body == result.core == STORY
    assert [notice.text for notice in result.notices] == [text]


def test_holder_year_and_terms_are_read() -> None:
    notice = complete(Notice(text=TRANSLATED[0]))
    assert notice.holder == "Associated Press"
    assert notice.year == 2017
    assert notice.usage_terms is not None
    assert notice.usage_terms.startswith("This material can not be published")


def test_what_the_page_read_is_kept() -> None:
    notice = complete(Notice(text=TRANSLATED[0], holder="The AP", year=2016, usage_terms="none"))
    assert (notice.holder, notice.year, notice.usage_terms) == ("The AP", 2016, "none")


def test_an_outlets_notice_is_no_agencys() -> None:
    notice = Notice(
        text="© 2024 The Harbour Post. AP and Reuters content is used under licence.",
        holder="The Harbour Post",
        year=2024,
    )
    assert attribute(article(STORY, notices=(notice,))).wire.agency is None


@pytest.mark.parametrize(
    "text",
    [
        "The Associated Press sued the firm for copyright infringement in 2021, saying that it"
        " published and redistributed its stories without permission.",
        "Copyright law forbids to publish or to redistribute what the Associated Press and others"
        " write, the court said.",
        "All rights reserved for the few, wrote the Associated Press reporter who published and"
        " rewrote the speech.",
    ],
)
def test_a_story_about_copyright_is_no_notice(text: str) -> None:
    assert not is_notice(text)
    assert attribute(article(f"{STORY}\n\n{text}")).body == f"{STORY}\n\n{text}"
