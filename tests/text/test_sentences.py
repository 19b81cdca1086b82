"""Sentences as printed, in several scripts, and lines that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.sentences import LONG_LINE, sentences

CUT = (
    ("en", "He met Mr. Smith of the U.S. Senate. “Not now!” she said. It cost 1.5 million.", 3),
    ("en", "J. R. Doe left on Jan. 5 for St. Helena. No. 7 stayed.", 2),
    ("de", "Am 3. März kam er. „Ja.“ Er ging am 14. Juli.", 3),
    ("en", "They sold 12. Then it rained.", 2),
    ("fr", "« Non ! » dit-il. À Paris, Mme Dupont attend.", 2),
    ("zh", "他说：“好。”然后走了。明天见！再见", 4),
    ("ja", "船が出た。乗客は「良かった。」と言った。", 3),
    ("hi", "यह एक वाक्य है। दूसरा वाक्य है।", 2),
    ("ar", "ذهب الرجل. ثم عاد؟ نعم.", 3),
    ("ru", "Он ушёл. И. И. Иванов вернулся.", 2),
    ("el", "Το πλοίο έφυγε. Ο καπετάνιος μίλησε.", 2),
    ("hy", "Նավը մեկնեց։ Մարդիկ սպասում էին։", 2),
    ("am", "መርከቡ ሄደ። ሰዎች ጠበቁ።", 2),
    ("th", "เรือออกจากท่าเรือแล้ว ผู้โดยสารรออยู่ เจ้าหน้าที่กล่าวว่าเรือจะออกอีกครั้งในวันพรุ่งนี้", 1),
    ("my", "သင်္ဘော ထွက်သွားသည်။ ခရီးသည်များ စောင့်နေကြသည်။", 2),
    ("ko", "배가 떠났다. 승객들이 기다렸다.", 2),
)


@pytest.mark.parametrize(("language", "text", "count"), CUT)
def test_a_paragraph_is_cut_into_its_sentences(language: str, text: str, count: int) -> None:
    found = list(sentences(text, language))
    assert len(found) == count
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Storm hits the coast",
        "You may also like ...",
        "A ferry leaves the harbour",
        "相关新闻：渡轮",
        "อ่านเพิ่มเติม: พายุพัดชายฝั่ง",
        "Photo: Ann Example / Gazette",
        "",
    ],
)
def test_a_short_line_without_an_end_is_no_sentence(line: str) -> None:
    text = f"Ferries sail again.\n\n{line}\n\nAll is well."
    assert list(sentences(text, "en")) == ["Ferries sail again.", "All is well."]


def test_a_long_line_is_a_sentence_without_an_end_too() -> None:
    line = " ".join(f"word{n}" for n in range(LONG_LINE))
    assert list(sentences(line, "en")) == [line]
    assert list(sentences("字" * 40, "zh")) == ["字" * 40]


@given(st.text(alphabet="Ab. !?…\n“”。1สव।"), st.sampled_from(["en", "de", "th", "zh"]))
def test_nothing_is_printed_that_the_text_has_not(text: str, language: str) -> None:
    at = 0
    for each in sentences(text, language):
        assert each == each.strip() != ""
        at = text.index(each, at) + len(each)
