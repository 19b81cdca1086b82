"""Which URLs of pages are linked to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.desk.views.addresses import NO_HOST, external, host_of


@pytest.mark.parametrize(
    "address",
    ["https://a.example/1?q=2#x", "http://a.example", "HTTPS://A.example/", "https://é.example/ü"],
)
def test_web_pages_are_linked(address: str) -> None:
    assert external(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example/1",
        "/local",
        "https:///no-host",
        "https://user:secret@a.example/",
        "https://a.example\\@b.example/",
        "https://a.example/\u202emoc.elgoog",
        "https://a.example/\n",
        "https://[::1",
        "https://a.example/" + "x" * 5000,
    ],
)
def test_others_are_only_shown(address: str | None) -> None:
    assert external(address) is None


@given(st.text())
def test_nothing_raises(address: str) -> None:
    external(address)
    assert host_of(address)


def test_hosts() -> None:
    assert host_of("https://WWW.A.example:8080/x") == "www.a.example"
    assert host_of(None) == host_of("no address") == NO_HOST
