"""Groups of languages that one text may be taken for."""

import pytest

from service.text.language_groups import language_group


@pytest.mark.parametrize(
    ("language", "group"),
    [("hr", "sh"), ("sr-Latn", "sh"), ("ms", "id"), ("nn", "nb"), ("en-GB", "en"), ("und", "und")],
)
def test_a_language_has_one_group(language: str, group: str) -> None:
    assert language_group(language) == group


def test_a_group_is_in_itself() -> None:
    assert {language_group(group) for group in ("sh", "id", "cs", "nb", "hi", "ar", "et")} == {
        "sh", "id", "cs", "nb", "hi", "ar", "et"
    }  # fmt: skip
