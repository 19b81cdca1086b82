import pytest

from service.page.furniture_names import LONGEST
from service.page.signs import AUTHOR_LINK, BYLINE, FURNITURE, HIDDEN, SOURCE, signs_of


@pytest.mark.parametrize(
    ("attributes", "signs"),
    [
        ({}, 0),
        ({"title": "sidebar", "data-x": "author"}, 0),
        ({"class": "wide related-stories"}, FURNITURE),
        ({"id": "sidebar"}, FURNITURE),
        ({"role": "navigation"}, FURNITURE),
        ({"role": "article"}, 0),
        ({"class": "c-byline", "id": "comments"}, BYLINE | FURNITURE),
        ({"class": "article-source"}, SOURCE),
        ({"itemprop": "author"}, BYLINE),
        ({"rel": "author sidebar"}, BYLINE),
        ({"data-testid": "sidebar"}, 0),
        ({"href": "https://a.example/Author/ada-quist"}, AUTHOR_LINK),
        ({"href": "/authors/"}, 0),
        ({"href": "/x/journalisten/ada-quist?y"}, AUTHOR_LINK),
        ({"hidden": ""}, HIDDEN),
        ({"aria-hidden": "true"}, HIDDEN),
        ({"aria-hidden": "false"}, 0),
        ({"style": "color: red; Display : none"}, HIDDEN),
        ({"style": "display: block"}, 0),
    ],
)
def test_signs_are_told_by_attributes(attributes: dict[str, str], signs: int) -> None:
    assert signs_of(attributes.items()) == signs


def test_what_is_too_long_for_a_name_tells_nothing() -> None:
    assert signs_of([("class", "sidebar-" + "x" * LONGEST)]) == 0
    assert signs_of([("class", "x" * (LONGEST + 1) + " sidebar")]) == FURNITURE
