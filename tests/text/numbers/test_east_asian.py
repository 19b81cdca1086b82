"""Numbers in Chinese characters become digits; names with number characters do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.numbers.east_asian import with_digits


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("三千五百", "3500"),
        ("3.5万", "35000"),
        ("1万8000世帯", "18000世帯"),
        ("7千300トン", "7300トン"),
        ("一亿零五百万美元", "105000000美元"),
        ("3億2000万円", "320000000円"),
        ("一百零八万九千千瓦", "1089000千瓦"),
        ("二○二○年", "2020年"),
        ("二〇二八年", "2028年"),
        ("四十一条", "41条"),
        ("四人死亡", "4人死亡"),
        ("两小时十分钟", "2小时10分钟"),
        ("八・五点", "8.5点"),
        ("4・5カイリ", "4.5カイリ"),
        ("四点五海里", "4.5海里"),
        ("十点十八分", "10点18分"),
        ("百分之六十八", "68%"),
        ("八成用户", "80%用户"),
        ("四成一", "41%"),
        ("6割", "60%"),
    ],
)
def test_numbers_become_digits(printed: str, digits: str) -> None:
    assert with_digits(printed) == digits


@pytest.mark.parametrize(
    "text",
    ["四川省", "三重県", "九州", "千葉", "一方", "統一", "万一", "十分重要", "完成", "5千瓦"],
)
def test_words_that_contain_a_number_stay(text: str) -> None:
    assert with_digits(text) == text


@given(st.text(alphabet="0129.,・点零一二三十百千万亿億兆成割半之分人年%", max_size=40))
def test_every_text_is_read(text: str) -> None:
    assert with_digits(with_digits(text)) is not None


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=0, max_value=9999))
def test_counting_words_of_any_number_are_read(high: int, low: int) -> None:
    printed = f"{high}万{low}人" if low else f"{high}万人"
    assert with_digits(printed) == f"{high * 10_000 + low}人"
