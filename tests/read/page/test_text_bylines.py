import pytest

from service.read.page.authors import name_people
from service.read.page.paragraph import Paragraph, Role
from service.read.page.text_bylines import find_text_bylines

TEXT = (
    "北方港口星期一夜间遭遇风暴，四十座房屋的屋顶被吹走，港务局星期二上午表示。",
    "港务局负责人说，没有人受伤，但渡轮在风向改变之前将留在港内，学校也停课一天。",
    "保险公司估计损失约九百万克朗，这是市议会星期二上午公布的初步估算。",
    "气象部门此前曾发出阵风警报，并预计从星期三起天气将转为平静。",
)


def people(paragraphs: list[str]) -> tuple[str, ...]:
    found = find_text_bylines([Paragraph(text) for text in paragraphs])
    return name_people(found[:1])


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("（记者 胡晓蓉）", ("胡晓蓉",)),
        ("（总台记者 张倩）", ("张倩",)),
        ("(本报记者：宋怡、杨志华)", ("宋怡", "杨志华")),
        ("（常书香 马丹阳 ）", ("常书香", "马丹阳")),
        ("（袁源）", ("袁源",)),
    ],
)
def test_a_signature_in_brackets_at_the_end_names_the_authors(
    byline: str, names: tuple[str, ...]
) -> None:
    assert people([*TEXT[:3], TEXT[3] + byline]) == names
    assert people([*TEXT, byline]) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("记者 刘涛", ("刘涛",)),
        ("整合 新华日报·交汇点记者 徐睿翔", ("徐睿翔",)),
        ("本报记者罗科苏盈发自北京", ("罗科苏盈",)),
        ("文：眉间尺", ("眉间尺",)),
        ("通讯员 王小明", ("王小明",)),
    ],
)
def test_a_line_with_the_word_for_the_work_names_the_authors(
    line: str, names: tuple[str, ...]
) -> None:
    assert people([line, *TEXT]) == names
    assert people([*TEXT, line]) == names


@pytest.mark.parametrize(
    "text",
    [
        "记者从港务局获悉，没有人受伤。",
        "记者：这么看你平时也很关注天气？",
        "（完）",
        "（上图）",
        "（新华社北京电）",
        "文化新闻",
        "责任编辑：孙重远",
    ],
)
def test_other_lines_with_such_words_name_nobody(text: str) -> None:
    assert people([text, *TEXT, text]) == ()


def test_a_signature_is_looked_for_at_the_ends_only() -> None:
    assert people([*TEXT[:3], "（记者 胡晓蓉）", *TEXT]) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Quist/John Doe", ("Ada Quist", "John Doe")),
        ("Ada Quist / John A. Doe", ("Ada Quist", "John A. Doe")),
        ("Zoë Quist/Jan O'Doe/Eva Roe", ("Zoë Quist", "Jan O'Doe", "Eva Roe")),
    ],
)
def test_a_line_of_full_names_names_the_authors(line: str, names: tuple[str, ...]) -> None:
    assert people(["…as the council looks away", line, "A storm came in."]) == names


@pytest.mark.parametrize("line", ["Rain/Wind", "He said this/that", "Northport/Eastport Line"])
def test_words_with_a_slash_are_no_names(line: str) -> None:
    assert people([line]) == ()


def test_a_heading_is_no_byline() -> None:
    assert find_text_bylines([Paragraph("Ada Quist/John Doe", Role.HEADING)]) == []
