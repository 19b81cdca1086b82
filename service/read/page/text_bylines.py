"""Bylines inside a text that begin with no "By": Chinese ones, and names that are a line alone.

Chinese reporters sign in brackets at the end of the last paragraph, or in a line of their own
before or after the text, with the word for their work or without it.
"""

import re
from collections.abc import Sequence

from service.read.page.name_order import HAN
from service.read.page.paragraph import Paragraph, Role

FIRST, LAST = 3, 3  # paragraphs at either end that are searched
LONGEST_LINE = 40  # characters of a line that is a byline and nothing else
WORK = "记者|記者|通讯员|通訊員|特派员|特派員|撰稿人?|撰文|作者"
ENDS = "。！？；：，、…"
CHINESE_NAMES = (
    rf"[{HAN}]{{2,4}}"
    rf"(?:[、，,\s·/／]{{1,2}}(?:(?:{WORK})[:：]?\s?)?[{HAN}]{{2,4}}(?![{HAN}])){{0,5}}"
)
# At either end of a paragraph: `（记者 胡晓蓉）`, `（总台记者 张倩）`.
BRACKETED = re.compile(
    rf"[（(]\s?[{HAN}·\s]{{0,12}}?((?:{WORK})[:：\s/／]{{0,2}}{CHINESE_NAMES})\s?[）)]"
)
# `记者 刘涛`, `整合 新华日报·交汇点记者 徐睿翔`, `本报记者罗科苏盈发自北京`, `文：眉间尺`
LINE = re.compile(
    rf"(?:[{HAN}·\s]{{0,20}}?((?:{WORK})[:：\s/／]{{0,2}}{CHINESE_NAMES}(?:[发發]自[{HAN}]{{2,8}})?)"
    rf"|(文[:：/／]\s?{CHINESE_NAMES}))"
)
# Without the word for their work: `（袁源）`, `（常书香 马丹阳）` after the text.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿"
    "梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈"
    "葉閻鐘譚鄒陸龍萬錢湯喬賀賴龔龐蘭嚴蘆魯韋畢聶叢齊莊塗時關費紀"
)
NAME = rf"[{SURNAMES}][{HAN}]{{1,2}}"
BY_NAME_ALONE = re.compile(rf"[（(]\s?({NAME}(?:[、，,\s]{{1,2}}{NAME}){{0,3}})\s?[）)]$")
BETWEEN = re.compile(r"[、，,\s]+")
# Two full names and nothing else: `Ada Quist/John Doe`, `Ada Quist and John Doe`.
WORD = r"[A-ZÀ-Þ][\w'’.-]*[\w.]"
FULL_NAME = rf"{WORD} {WORD}(?: {WORD})?"
TWO_NAMES = re.compile(rf"{FULL_NAME}(?:\s?/\s?{FULL_NAME}){{1,3}}")


def find_text_bylines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the bylines at the beginning and end of a text, without what stands around them.

    Those with the word for the work come first.
    """
    last = max(FIRST, len(paragraphs) - LAST)
    ends = [*paragraphs[:FIRST], *paragraphs[last:]]
    found = [byline for paragraph in ends if (byline := read_byline(paragraph))]
    alone = [match[1] for each in paragraphs[last:] if (match := BY_NAME_ALONE.search(each.text))]
    found += [BETWEEN.sub("、", names.strip()) for names in alone]
    return list(dict.fromkeys(found))


def read_byline(paragraph: Paragraph) -> str:
    """Return the byline in a paragraph: it is all of it, or stands in brackets; else empty."""
    text = paragraph.text
    if text.isascii() or len(text) <= LONGEST_LINE:
        names = TWO_NAMES.fullmatch(text) if paragraph.role is Role.TEXT else None
        if names:
            return text.replace("/", ", ")
    if text.isascii():
        return ""
    if len(text) <= LONGEST_LINE and not text.endswith(tuple(ENDS)):
        line = LINE.fullmatch(text)
        if line:
            return line[1] or line[2]
    bracketed = BRACKETED.search(text)
    return bracketed[1] if bracketed else ""
