"""Who may end a halt: programs on the worker's own machine, and no page in a browser."""

import pytest

from service.worker.health.resume import RESUME_HEADER, may_resume

POD = "10.1.2.3"


def asked(peer: str, own: str, host: str | None, *, header: bool = True) -> bool:
    headers = {RESUME_HEADER: "1"} if header else {}
    return may_resume(peer, own, headers if host is None else {**headers, "Host": host})


@pytest.mark.parametrize(
    ("peer", "own", "host"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1:8066"),
        ("127.0.0.1", "127.0.0.1", "localhost:8066"),
        ("::1", "::1", "[::1]:8066"),
        (POD, POD, f"{POD}:8066"),
    ],
)
def test_this_machine_may(peer: str, own: str, host: str) -> None:
    assert asked(peer, own, host)


@pytest.mark.parametrize("host", [f"{POD}:8066", "127.0.0.1:8066", "localhost"])
def test_another_machine_may_not(host: str) -> None:
    assert not asked("10.1.2.4", POD, host)


def test_a_form_of_another_site_may_not() -> None:
    assert not asked("127.0.0.1", "127.0.0.1", "127.0.0.1:8066", header=False)


@pytest.mark.parametrize("host", ["evil.example:8066", "127.0.0.1.evil.example", "", "[", None])
def test_a_site_whose_name_was_made_to_point_here_may_not(host: str | None) -> None:
    assert not asked("127.0.0.1", "127.0.0.1", host)
