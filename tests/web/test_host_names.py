"""Which Host headers are accepted."""

import pytest

from service.web.addresses import is_loopback
from service.web.host_names import HostNames


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("127.0.0.1:8067", True),
        ("localhost", True),
        ("LOCALHOST:1", True),
        ("[::1]:8067", True),
        ("desk.example", True),
        ("Desk.Example:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("evil.example@localhost", False),
        ("localhost/evil.example", False),
        ("localhost?", True),
        ("localhost:port", False),
        ("localhost:99999", False),
        ("10.1.2.3", False),
        ("0.0.0.0", False),
        ("2130706433", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_on_the_loopback_only_its_names_and_the_given(header: str, accepted: bool) -> None:
    assert HostNames("127.0.0.1", ["desk.example"]).accepts(header) == accepted


@pytest.mark.parametrize("listens_on", ["0.0.0.0", "::", "10.1.2.3"])
def test_beyond_the_loopback_any_address_but_no_other_name(listens_on: str) -> None:
    names = HostNames(listens_on, ["desk.example"])
    for header in ("10.1.2.3:8066", "[fd00::1]:8066", "127.0.0.1", "localhost", "desk.example"):
        assert names.accepts(header)
    for header in ("evil.example", "10.1.2.3.evil.example", "10.1.2", ""):
        assert not names.accepts(header)


def test_the_name_that_is_listened_on_is_accepted() -> None:
    assert HostNames("worker.internal").accepts("worker.internal:8066")


def test_what_the_loopback_is() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "localhost", "LocalHost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "example.org", "")))
