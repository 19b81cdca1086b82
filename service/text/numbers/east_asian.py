"""Numbers in Chinese characters, in Chinese and Japanese text, to digits."""

import re
from decimal import Decimal

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "两": "2",
    "兩": "2",
}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

# Counted nouns, which must follow a number of a single character: 四人 is 4 people, but 四川 is a
# province. One is left out, as in other languages; so is 十分, which mostly means "fully".
_COUNTED = (
    "人名位个個只隻艘架所栋棟戸户层層次回度倍本枚匹頭头台臺座条條张張件家间間辆輛口眼道轮輪局"
    "年月日天周週时時点點秒岁歳歲世代级級元円米吨噸公里海毫厘克亩顷カヶか校社町市村票步手"
)
_D = "".join(_DIGITS)
_S = "".join(_SCALES)
# 千瓦 and similar words are units; 百分之 has been replaced before.
_ONE = rf"(?:[{_D}十百{_S}]|千(?![瓦克米卡]))"
_POINT = r"[.・点點]"
_POINTS = re.compile(_POINT)
_TAIL = rf"[{_D}]+(?![十百千])"
_NUMBER = re.compile(
    rf"(?<![{_D}十百千{_S}])(?:"
    rf"(?<![\d.,])(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)"
    rf"(?=[{_S}百]|千(?![瓦克米卡]))(?:{_ONE}|\d)*"
    rf"|(?!零|万一|萬一){_ONE}{{2,}}(?:{_POINT}{_TAIL})?[{_S}]*"
    rf"|[{_D}]{_POINT}{_TAIL}[{_S}]*"
    rf"|[二三四五六七八九两兩百千](?=分|小[时時]|[{_COUNTED}])"
    rf"|十(?=分[钟鐘間前後后]|小[时時]|[{_COUNTED}])"
    r")"
)
_TENTHS = re.compile(rf"(?<![\d.])([\d{_D}])[成割](?:([\d{_D}])分?)?(?![立本合功])")
_PERCENT = re.compile(r"%之(\d+(?:\.\d+)?)")
_DECIMAL_DOT = re.compile(r"(?<=\d)・(?=\d)")
_PART = re.compile(r"\d+(?:[.,]\d+)*|\D")


def with_digits(text: str) -> str:
    """Return the text with its numbers in digits: 三千五百 and 3.5千 become 3500, and both 八成 and
    百分之八十 become 80%.

    Expects normal form KC, in which full-width digits are ASCII.
    """
    text = _DECIMAL_DOT.sub(".", text).replace("百分之", "%之")
    text = _NUMBER.sub(lambda match: _value(match[0]), text)
    return _TENTHS.sub(_as_percent, _PERCENT.sub(r"\1%", text))


def _value(number: str) -> str:
    """Convert a number to digits."""
    plain = _POINTS.sub(".", number)
    if all(c in _DIGITS or c == "." for c in plain):
        return "".join(_DIGITS.get(c, c) for c in plain)
    total = section = Decimal(0)
    digits = ""
    for part in _PART.findall(plain):
        if part in _STEPS:
            section += Decimal(digits or 1) * _STEPS[part]
            digits = ""
        elif part in _SCALES:
            section += Decimal(digits or 0)
            total += (section or 1) * _SCALES[part]
            section, digits = Decimal(0), ""
        else:
            digit = _DIGITS.get(part, part.replace(",", ""))
            digits = digit if digits == "0" else digits + digit
    total += section + Decimal(digits or 0)
    return format(total.normalize(), "f")


def _as_percent(match: re.Match[str]) -> str:
    tenths, hundredths = (_DIGITS.get(g, g) if g else "0" for g in match.groups())
    return f"{tenths}{hundredths}%"
