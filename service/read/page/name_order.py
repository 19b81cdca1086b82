"""Names in forms of their own: `Roe, Jane`, and bylines in Chinese, Korean and Japanese, where no
space parts a name from the word for its bearer's work."""

import re

GIVEN_LAST = re.compile(r"([A-ZÀ-Þ][\w'’-]{1,30}), ([A-ZÀ-Þ][\w'’-]{1,30}(?: [A-Z]\.?)?)")
HAN = "\u3400-\u9fff"
NAMES = rf"[{HAN}]{{2,4}}(?:[、，,\s·/／]{{1,2}}[{HAN}]{{2,4}}(?![{HAN}])){{0,5}}"
# `記者王小明／台北報導`, `（记者 胡晓蓉）`, `本报记者 徐睿翔`, `作者：宋怡 杨志华`
CHINESE = re.compile(
    rf"(?:记者|記者|通讯员|通訊員|特派员|特派員|撰稿人?|撰文|作者|(?<![{HAN}])文)"
    rf"\s?(?:[:：/／|｜●]\s?|\s)?(?P<names>{NAMES})"
    rf"(?P<rest>\s?[／/|｜\-–—]?\s?[{HAN}]{{0,8}}(?:報導|报道|報道|電|电|讯|訊|摄|攝)\b|[发發]自[{HAN}]{{2,8}})?"
    rf"(?![{HAN}])"
)
WITH_TOWN = re.compile(rf"([{HAN}]{{2,3}})([{HAN}]{{2,3}}(?:報導|报道|報道|電|电|讯|訊))")
PARTS = re.compile(r"[、，,\s·/／]+")
SENT_FROM = ("发自", "發自")
FILING = ("報導", "报道", "報道", "電", "电", "讯", "訊")
# `김철수 기자`, `홍길동 서울특파원`
KOREAN = re.compile(
    r"((?:[\uac00-\ud7a3]{2,4}\s?[·,]\s?){0,4}[\uac00-\ud7a3]{2,4})\s?(?:[\uac00-\ud7a3]{0,6}\s?)"
    r"(?:기자|특파원|논설위원|편집위원|앵커|통신원|리포터)(?![\uac00-\ud7a3])"
)
KOREAN_PARTS = re.compile(r"\s?[·,]\s?")
JAPANESE = re.compile(
    rf"^[\[【［（(]?([{HAN}\u3040-\u30ff]{{2,4}}(?:\s[{HAN}\u3040-\u30ff]{{1,4}})?)\s?(?:記者"
    rf"|編集委員)[\]】］）)]?$"
)
SPACED = re.compile(rf"^([{HAN}])\s([{HAN}])$")


def put_given_first(name: str) -> str:
    """Return `Jane Roe` for `Roe, Jane`; other texts as they are."""
    match = GIVEN_LAST.fullmatch(name.strip())
    return f"{match[2]} {match[1]}" if match else name


def names_in_unspaced(text: str) -> list[str]:
    """Return the people in a byline in Chinese, Korean or Japanese with the word for their work;
    none if the byline has another form."""
    if text.isascii():
        return []
    if found := KOREAN.findall(text):
        return list(dict.fromkeys(name for names in found for name in KOREAN_PARTS.split(names)))
    if match := JAPANESE.search(text):
        return [match[1]]
    if match := SPACED.search(text):
        return [match[1] + match[2]]
    match = CHINESE.search(text)
    if match is None:
        return []
    glued = f"{match['names']}{match['rest'] or ''}"
    if dispatch := WITH_TOWN.fullmatch(glued):
        return [dispatch[1]]
    names = [
        name
        for name in PARTS.split(match["names"])
        if not name.endswith(FILING) and not name.startswith(SENT_FROM)
    ]
    return list(dict.fromkeys(names))
