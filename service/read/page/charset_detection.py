"""The charset of bytes that declare none, or a wrong one.

Charsets of two bytes a character overlap: the bytes of one are valid in the others, and detectors
confuse them. They are told apart by the characters that come out: a fifth to a half of any Chinese,
Japanese or Korean text consists of the hundred commonest characters, and of bytes read in a wrong
charset hardly any do. Where no such charset fits, one of one byte a character is looked for (see
`single_byte`), and where none of these fits either, charset-normalizer decides.
"""

import re

from charset_normalizer import from_bytes

from service.read.page.single_byte import detect_single_byte, share_foreign

SAMPLE = 20_000
LEAST_COMMON = 0.12
"""Share of common characters from which a charset fits: texts of a hundred characters and more in
their own charset have at least .25, read in another one at most .06."""
MOST_BROKEN = 0.03
"""Share of characters that may be broken: by a cut, or by a stray byte."""
LEAST_FOREIGN = 0.1
"""Share of the letters that are beyond ASCII: in languages written with Latin letters a few bytes
form common characters by chance."""
FEWEST = 8  # characters beyond ASCII that are judged

COMMON = {
    "simplified": (
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
        "产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使"
        "点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明"
        "看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五市布"
        "据报记员近京安警被将至表示月"
    ),
    "traditional": (
        "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說"
        "產種面而方後多定行學法所民得經十三之進著等部度家電力里如水化高自二理起小物現實加量都兩體制機當使"
        "點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明"
        "看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五市布"
        "據報記員近京安警被將至"
    ),
    "kana": (
        "のにはをたがでてとしれさいるなかっりもこすらまんあくきよおけうちそつせめどだえみわろ年日月、。"
    ),
    "hangul": (
        "이다에의는을를가은하고지한로기도사서대으시인자어라나일정과부리수보전해상아장들성제것있그동원비공"
        "스주여중국게장구만경조면관소적연안년월명오신위유선산치운무당민생우미반발진난력습"
    ),
}
CHARSETS = (
    ("gb18030", "simplified"),
    ("big5hkscs", "traditional"),
    ("cp932", "kana"),
    ("euc_jp", "kana"),
    ("cp949", "hangul"),
    ("gb18030", "traditional"),
)
MARKUP = re.compile(
    rb"<script\b.*?</script|<style\b.*?</style|<[^>]*>|[\x00-\x7f]{200,}", re.I | re.S
)


def detect_charset(body: bytes) -> str:
    """Return Python's name of the charset that bytes are probably in; `cp1252` if none fits."""
    text_only = MARKUP.sub(b" ", body)
    foreign = bytes(text_only[:SAMPLE]) if len(text_only) > SAMPLE else text_only
    if (east_asian := detect_east_asian(foreign)) is not None:
        return east_asian
    if (single_byte := detect_single_byte(foreign)) is not None:
        return single_byte
    best = from_bytes(foreign).best()
    return best.encoding if best else "cp1252"


def detect_east_asian(sample: bytes) -> str | None:
    """Return the Chinese, Japanese or Korean charset that a sample is in, or None."""
    if share_foreign(sample) < LEAST_FOREIGN:
        return None
    scores = [(score_common(sample, name, COMMON[kind]), name) for name, kind in CHARSETS]
    score, name = max(scores, key=lambda scored: scored[0])
    return name if score >= LEAST_COMMON else None


def score_common(sample: bytes, charset: str, common: str) -> float:
    """Return the share of common characters among those beyond ASCII if the sample is read in a
    charset; 0 if too many bytes are not valid in it."""
    text = sample.decode(charset, "replace")
    foreign = [char for char in text if char >= "\x80"]
    if len(foreign) < FEWEST:
        return 0.0
    if text.count("\ufffd") > 1 + MOST_BROKEN * len(foreign):
        return 0.0
    return sum(char in common for char in foreign) / len(foreign)
