"""Charsets of one byte a character. The sentences are our own: a ferry, a bridge, a school."""

import pytest

from service.read.page.charset import decode_text
from service.read.page.single_byte import detect_single_byte
from tests.read.page.test_charset import document

SENTENCES = {
    "german": "Die Fähre bleibt für drei Tage im Hafen, größere Schäden "
    "gibt es nicht – „zum Glück“.",
    "french": "La mairie a annoncé que le bac resterait à quai jusqu’à "
    "mardi, l’école étant fermée.",
    "spanish": "El señor alcalde dijo que el año próximo habrá más barcos; ¿quién los pagará?",
    "portuguese": "A prefeitura não abrirá a ponte até amanhã; as aulas "
    "começarão só na terça-feira.",
    "swedish": "Färjan ligger kvar i hamnen på måndag, sade rådet, och skolan är stängd.",
    "danish": "Færgen bliver i havnen på mandag, sagde rådet, og skolen er lukket for børn.",
    "icelandic": "Ferjan verður í höfninni á þriðjudag, sagði bæjarstjórinn, "
    "og skólinn er lokaður.",
    "czech": "Přívoz zůstane v přístavu do úterý, řekl starosta, a škola je zavřená kvůli větru.",
    "polish": "Prom pozostanie w porcie do wtorku, powiedział burmistrz, a "
    "szkoła będzie zamknięta.",
    "hungarian": "A komp keddig a kikötőben marad, közölte az önkormányzat, és az iskola is zárva.",
    "croatian": "Trajekt će ostati u luci do utorka, rekao je načelnik, a "
    "škola je zatvorena još dva dana.",
    "turkish": "Vapur salı gününe kadar limanda kalacak, dedi belediye başkanı, okul da kapalı.",
    "lithuanian": "Keltas liks uoste iki antradienio, sakė meras, o mokykla "
    "uždaryta dėl vėjo šią savaitę.",
    "russian": "Паром останется в порту до вторника, сообщила мэрия, а школа закрыта из-за ветра.",
    "ukrainian": "Пором залишиться в порту до вівторка, повідомила мерія, а "
    "школа закрита через вітер.",
    "greek": "Το πλοίο θα μείνει στο λιμάνι μέχρι την Τρίτη, είπε ο "
    "δήμαρχος, και το σχολείο κλειστό.",
    "hebrew": "המעבורת תישאר בנמל עד יום שלישי, אמרה העירייה, ובית הספר סגור בגלל הרוח החזקה.",
    "arabic": "تبقى العبارة في الميناء حتى يوم الثلاثاء كما قالت البلدية "
    "والمدرسة مغلقة بسبب الريح.",
    "thai": "เรือเฟอร์รีจะจอดอยู่ที่ท่าเรือจนถึงวันอังคาร เทศบาลกล่าว และโรงเรียนปิดเพราะลมแรง",
}


@pytest.mark.parametrize(
    ("language", "charset"),
    [
        *((name, "cp1252") for name in list(SENTENCES)[:7]),
        *((name, "cp1250") for name in ("czech", "polish", "hungarian", "croatian")),
        *((name, "iso8859-2") for name in ("czech", "polish")),
        ("turkish", "cp1254"),
        ("lithuanian", "cp1257"),
        *(("russian", name) for name in ("cp1251", "koi8-r", "iso8859-5", "cp866")),
        ("ukrainian", "cp1251"),
        ("greek", "cp1253"),
        ("hebrew", "cp1255"),
        ("arabic", "cp1256"),
        ("thai", "cp874"),
    ],
)
def test_undeclared_bytes_are_read_in_their_charset(language: str, charset: str) -> None:
    text = f"{SENTENCES[language]} " * 4
    body = document(text).encode(charset, "ignore")
    assert body.decode(charset) == decode_text(body, "text/html")


def test_a_few_letters_are_not_judged() -> None:
    assert detect_single_byte("Café Müller".encode("cp1252")) is None


@pytest.mark.parametrize("sample", [b"", b"only ascii " * 50, bytes(range(128, 256)) * 4])
def test_bytes_that_are_no_text_have_no_charset(sample: bytes) -> None:
    assert detect_single_byte(sample) is None


def test_utf_8_is_read_as_utf_8_in_every_language() -> None:
    for sentence in SENTENCES.values():
        assert sentence in decode_text(document(sentence).encode(), "text/html; charset=gbk")
