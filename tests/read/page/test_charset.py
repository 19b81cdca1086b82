import codecs
from collections.abc import Callable

import pytest

from service.read.page.charset import decode_text

RUSSIAN = "Совет города сообщил во вторник, что паромы останутся в порту до перемены ветра. " * 5
CHINESE = "市政府周二表示，渡轮将停靠在港口，直到风向改变为止，学校也将关闭。" * 5
TRADITIONAL = "市政府週二表示，渡輪將停靠在港口，直到風向改變為止，學校也將關閉。" * 5
JAPANESE = "市は火曜日、風向きが変わるまでフェリーは港にとどまると発表した。学校も休校となる。" * 5
GERMAN = "Die Fähren bleiben über Nacht im Hafen, sagte Jörg Größer am Dienstag in Böhlen. " * 5
QUOTES = "The “ferries” stay in port — it’s the wind, the café said. " * 5


def document(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "codec", "header", "meta"),
    [
        pytest.param(RUSSIAN, "cp1251", "windows-1251", None, id="header"),
        pytest.param(RUSSIAN, "cp1251", None, "windows-1251", id="meta"),
        pytest.param(RUSSIAN, "cp1251", "windows-1251", "utf-8", id="header over lying meta"),
        pytest.param(RUSSIAN, "cp1251", "utf-8", "windows-1251", id="meta over lying header"),
        pytest.param(RUSSIAN, "utf-8", "iso-8859-1", "windows-1251", id="utf-8 over lying both"),
        pytest.param(RUSSIAN, "koi8_r", None, "koi8-r", id="koi8"),
        pytest.param(CHINESE, "gb18030", "text/html; charset=gb2312", None, id="gb18030 as gb2312"),
        pytest.param(CHINESE, "gb18030", "utf-8", "gbk", id="gb18030 with lying header"),
        pytest.param(TRADITIONAL, "big5", None, "big5", id="big5"),
        pytest.param(JAPANESE, "shift_jis", "shift_jis", None, id="shift_jis"),
        pytest.param(JAPANESE, "shift_jis", "utf-8", "Shift_JIS", id="shift_jis with lying header"),
        pytest.param(JAPANESE, "euc_jp", None, "euc-jp", id="euc-jp"),
        pytest.param(GERMAN, "iso-8859-1", "iso-8859-1", None, id="latin-1"),
        pytest.param(GERMAN, "iso-8859-1", "utf-8", None, id="latin-1 with lying header"),
        pytest.param(QUOTES, "cp1252", "iso-8859-1", None, id="windows quotes in latin-1"),
    ],
)
def test_declarations_are_believed_unless_the_bytes_disagree(
    text: str, codec: str, header: str | None, meta: str | None
) -> None:
    content_type = f"text/html; charset={header}" if header else "text/html"
    assert text in decode_text(document(text, meta).encode(codec), content_type)


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "cp1251"), (JAPANESE, "shift_jis"), (CHINESE, "gb18030")],
    ids=["windows-1251", "shift_jis", "gb18030"],
)
def test_undeclared_charsets_are_detected(text: str, codec: str) -> None:
    assert text in decode_text(document(text).encode(codec), None)


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_outweighs_every_declaration(bom: bytes, codec: str) -> None:
    body = bom + document(RUSSIAN, "windows-1251").encode(codec)
    assert decode_text(body, "text/html; charset=koi8-r") == document(RUSSIAN, "windows-1251")


def test_a_few_broken_bytes_do_not_change_the_charset() -> None:
    body = document(GERMAN).encode()
    cut = body[: body.index("ä".encode()) + 1] + body[body.index("ä".encode()) + 2 :]
    text = decode_text(cut, "text/html; charset=utf-8")
    assert "über Nacht" in text
    assert text.count("\ufffd") == 1


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"\x80\x81\x82" * 100, bytes(range(256)) * 40])
@pytest.mark.parametrize("header", [None, "utf-8", "no-such-charset", "utf-16", "base64", "idna"])
def test_no_bytes_and_no_declaration_raise(body: bytes, header: str | None) -> None:
    assert isinstance(decode_text(body, f"text/html; charset={header}"), str)


@pytest.mark.parametrize("header", ["iso-8859-1", "windows-1252", "gb2312", "utf-8", None])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda body: body[: body.rindex("ä".encode()) + 1], id="cut in a character"),
        pytest.param(lambda body: body + b"<p class=widget>caf\xe9</p>", id="a stray byte"),
        pytest.param(lambda body: b"<!-- \xa9 -->" + body, id="a stray byte at the head"),
        pytest.param(lambda body: body.replace("ü".encode(), b"\xfc", 1), id="a mixed-in letter"),
    ],
)
def test_nearly_valid_utf_8_is_utf_8(header: str | None, change: Callable[[bytes], bytes]) -> None:
    body = change(document(GERMAN).encode())
    text = decode_text(body, f"text/html; charset={header}" if header else None)
    assert "sagte Jörg Größer am Dienstag in Böhlen" in text
    assert text.count("\ufffd") == 1


@pytest.mark.parametrize("codec", ["cp1252", "cp1250", "gb18030", "big5", "shift_jis", "cp1251"])
def test_other_charsets_are_not_nearly_utf_8(codec: str) -> None:
    text = {"gb18030": CHINESE, "big5": TRADITIONAL, "shift_jis": JAPANESE, "cp1251": RUSSIAN}.get(
        codec, GERMAN
    )
    assert text in decode_text(document(text, codec).encode(codec), None)


@pytest.mark.parametrize("header", ["utf-8", "iso-2022-jp", None])
def test_iso_2022_jp_is_not_taken_for_utf_8(header: str | None) -> None:
    body = document(JAPANESE, "iso-2022-jp").encode("iso2022_jp")
    assert body.isascii()
    assert JAPANESE in decode_text(body, f"text/html; charset={header}" if header else None)


def test_an_escape_in_ascii_is_no_japanese() -> None:
    assert decode_text(b"<p>\x1b$ 5,000</p>", None) == "<p>\x1b$ 5,000</p>"
