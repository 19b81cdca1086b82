import pytest

from service.read.page.author_roles import is_role, role_after


@pytest.mark.parametrize(
    "text",
    [
        "Political editor",
        "Korrespondentin für Politik",
        "Redactora de tribunales",
        "Journaliste au service politique",
        "Корреспондент",
        "Muhabir",
    ],
)
def test_roles(text: str) -> None:
    assert is_role(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Northport",
        "5 May 2024",
        "editor@courier.example",
        "Editor: read more",
        "reporter " * 12,
        "The editor of the paper said on Monday that nobody had been hurt",
    ],
)
def test_texts_that_are_no_roles(text: str) -> None:
    assert not is_role(text)


@pytest.mark.parametrize(
    ("byline", "role"),
    [
        ("By Ada Quist, harbour correspondent, Northport", "harbour correspondent"),
        ("Ada Quist | Political Editor | 5 May 2024", "Political Editor"),
        ("Von Ada Quist (Redakteurin)", "Redakteurin"),
        ("By Ada Quist and John Moor, editors", None),
        ("By Ada Quist, Northport", None),
        ("By John Moor, editor", None),
    ],
)
def test_the_role_after_a_name(byline: str, role: str | None) -> None:
    assert role_after("Ada Quist", byline) == role
