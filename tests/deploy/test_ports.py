"""Ports for servers of the tests: none is given twice while its server has yet to start."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from deploy.kafka.ports import (
    HOST,
    LEASE_SECONDS,
    find_free_port,
    is_free,
    lease,
    usual_or_free_port,
)

ASK = "from deploy.kafka.ports import find_free_port\nprint([find_free_port() for _ in range(200)])"


def test_no_two_processes_are_given_one_port() -> None:
    asked = [
        subprocess.Popen([sys.executable, "-c", ASK], stdout=subprocess.PIPE) for _ in range(3)
    ]
    given = [port for each in asked for port in json.loads(each.communicate(timeout=60)[0])]
    assert len(set(given)) == len(given) == 600


def test_a_port_that_is_listened_on_is_not_free() -> None:
    with socket.socket() as server:
        server.bind((HOST, find_free_port()))
        server.listen()
        assert not is_free(server.getsockname()[1])


def test_the_usual_port_is_given_while_it_is_free() -> None:
    usual = find_free_port()
    assert usual_or_free_port(usual) == usual
    with socket.socket() as server:
        server.bind((HOST, usual))
        server.listen()
        assert usual_or_free_port(usual) != usual


def test_a_lease_ends(tmp_path: Path) -> None:
    mark = tmp_path / "20000"
    assert lease(mark)
    assert not lease(mark)
    long_ago = time.time() - LEASE_SECONDS - 1
    os.utime(mark, (long_ago, long_ago))
    lease(mark)
    assert lease(mark)
