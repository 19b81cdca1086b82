import pytest

from service.events.outcome import Rejected
from tests.page.pages import news_page, read


@pytest.mark.parametrize("status", [None, 200, 203, 206])
def test_pages_pass(status: int | None) -> None:
    assert read(news_page(), status=status).title


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (100, "http_error"),
        (204, "no_body"),
        (301, "http_error"),
        (304, "no_body"),
        (404, "http_error"),
        (410, "http_error"),
        (503, "http_error"),
        (0, "http_error"),
    ],
)
def test_other_statuses_are_rejected_with_their_number(status: int, reason: str) -> None:
    with pytest.raises(Rejected) as outcome:
        read(news_page(), status=status)
    assert outcome.value.reason == reason
    assert str(status) in outcome.value.detail
