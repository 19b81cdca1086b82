"""The charset of bytes that declare none."""

import pytest

from service.read.page.charset import decode_text
from service.read.page.charset_detection import detect_charset
from tests.read.page.test_charset import CHINESE, GERMAN, JAPANESE, RUSSIAN, TRADITIONAL, document

KOREAN = (
    "시는 화요일 바람이 바뀔 때까지 여객선이 항구에 머물 것이라고 밝혔다. 학교도 휴교한다. " * 5
)
THAI = "เทศบาลแถลงเมื่อวันอังคารว่าเรือเฟอร์รีจะจอดอยู่ที่ท่าเรือจนกว่าลมจะเปลี่ยนทิศ " * 5
ARABIC = "أعلنت بلدية الإسكندرية يوم الثلاثاء إعادة فتح جسر الميناء أمام حركة المرور " * 5
GREEK = "Ο δήμος ανακοίνωσε την Τρίτη ότι τα πλοία θα μείνουν στο λιμάνι. " * 5


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "cp949"),
        (THAI, "cp874"),
        (ARABIC, "cp1256"),
        (GREEK, "cp1253"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_texts_are_read_in_their_charset(text: str, codec: str) -> None:
    assert text in decode_text(document(text).encode(codec), None)


@pytest.mark.parametrize("codec", ["gb18030", "cp932", "cp949"])
@pytest.mark.parametrize("words", [1, 40], ids=["little of it foreign", "much of it foreign"])
def test_markup_and_names_in_ascii_do_not_hide_the_charset(codec: str, words: int) -> None:
    text = {"gb18030": CHINESE, "cp932": JAPANESE, "cp949": KOREAN}[codec]
    script = "<script>var x = 'NATO, EU, WHO and BBC';</script>" * 100
    page = f"{script}<h1>BBC 2026</h1>" + f"<p class='a'>NHK {text[:60]} (BBC)</p>" * words
    assert text[:60] in decode_text(page.encode(codec), "text/html")


@pytest.mark.parametrize("codec", ["gb18030", "big5", "euc_jp"])
def test_a_cut_or_a_stray_byte_does_not_hide_the_charset(codec: str) -> None:
    text = {"gb18030": CHINESE, "big5": TRADITIONAL, "euc_jp": JAPANESE}[codec]
    body = document(text).encode(codec)
    assert text[:50] in decode_text(body[: body.index(b"</p>") - 1], None)
    assert text[:50] in decode_text(body + b"<p>\xa0</p>", None)


def test_no_bytes_at_all() -> None:
    assert detect_charset(b"") in ("ascii", "cp1252", "utf_8")
    assert "Fähren" in decode_text(GERMAN.encode("cp1252"), None)


def test_a_few_accented_letters_are_no_chinese() -> None:
    text = (
        "Berlin Außenminister Maas hat China direkt aufgefordert, die Lage früher zu prüfen. " * 9
    )
    assert text in decode_text(document(text).encode("cp1252"), None)
