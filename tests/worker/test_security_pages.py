"""No page makes its reader open a file or call anyone."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.contract.outcome import REASON
from service.contract.record import Topic
from service.sandbox.from_settings import read_options
from service.sandbox.pool import Sandbox
from service.settings import MEBIBYTE, Settings
from tests.worker.reaching_pages import reaching_pages
from tests.worker.watched_folder import WatchedFolder

SECRET = "what nobody may read"

AUDITED = """
import json, sys
from service.sandbox import warm_up
from service.settings import Settings
from service.sandbox.from_settings import read_options
from service.read.stage import read
from tests.worker.reaching_pages import reaching_pages
options = read_options(Settings(body_ref_prefixes=(sys.argv[1] + "allowed/",)))
pages = reaching_pages(sys.argv[1], sys.argv[2])
seen = []
home = (sys.prefix, sys.base_prefix, sys.argv[3], "/usr/share/zoneinfo")
def watch(event, given):
    if event == "open" and not str(given[0]).startswith(home):
        seen.append([event, str(given[0])])
    elif event.split(".")[0] in ("socket", "urllib", "subprocess", "http", "ftplib", "webbrowser"):
        seen.append([event, repr(given)])
    elif event in ("os.system", "os.exec", "os.posix_spawn", "os.listdir", "os.scandir"):
        seen.append([event, repr(given)])
sys.addaudithook(watch)
for page in pages.values():
    read(page, options)
print(json.dumps(seen))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Holds secrets, and a folder of bodies from which links lead to them."""
    home = tmp_path / "home"
    (home / "allowed").mkdir(parents=True)
    (home / "secret.txt").write_text(SECRET)
    (home / "secret.dtd").write_text(
        f'<!ENTITY y "{SECRET}"><!ENTITY % all "<!ENTITY z SYSTEM \'secret.txt\'>">'
    )
    (home / "secret.xsl").write_text(SECRET)
    (home / "secret.xml").write_text(SECRET)
    (home / "allowed" / "link").symlink_to(home / "secret.txt")
    (home / "allowed" / "folder-link").symlink_to(home)
    return home


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Listens, and should hear nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def web(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}/"


def nobody_called(server: socket.socket) -> bool:
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


def test_the_watch_notices_what_it_should(folder: Path, server: socket.socket) -> None:
    watched = WatchedFolder(folder)
    assert not watched.opened()
    (folder / "secret.txt").read_bytes()
    assert watched.opened() == ["secret.txt"]
    assert nobody_called(server)
    socket.create_connection(server.getsockname()).close()
    assert not nobody_called(server)
    watched.close()


@pytest.mark.parametrize("prefixes", ["none", "some"])
async def test_pages_that_reach_out_touch_nothing(
    folder: Path, server: socket.socket, prefixes: str
) -> None:
    files = f"file://{folder}/"
    allowed = (f"{files}allowed/",) if prefixes == "some" else ()
    options = read_options(Settings(body_ref_prefixes=allowed))
    sandbox = Sandbox(
        options,
        children=1,
        page_seconds=30.0,
        page_wall_seconds=300.0,
        page_memory=1536 * MEBIBYTE,
        pages_per_child=1000,
    )
    watched = WatchedFolder(folder)
    try:
        records = {
            name: await sandbox.read(page)
            for name, page in reaching_pages(files, web(server)).items()
        }
    finally:
        await sandbox.close()
    # Where bodies may lie, that folder itself is opened, and from there no link is followed.
    assert set(watched.opened()) <= ({"allowed"} if allowed else set())
    watched.close()
    assert nobody_called(server)
    for name, record in records.items():
        assert SECRET.encode() not in (record.value or b""), name
        reason = dict(record.headers).get(REASON, b"").decode()
        if name.startswith("body_ref"):
            assert (record.topic, reason) == (Topic.FAILED, "body_ref_refused"), name
        else:
            assert reason not in ("error", "timeout", "crashed"), name
    read = [name for name, record in records.items() if record.topic is Topic.EXTRACTED]
    assert len(read) > 20


def test_python_s_own_ears_hear_nothing_either(folder: Path, server: socket.socket) -> None:
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", AUDITED, f"file://{folder}/", web(server), str(root)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120.0,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    heard = json.loads(run.stdout)
    # Where bodies may lie, folders are opened one by one, never by a link: that far and no further.
    allowed = str(folder / "allowed")
    assert [each for each in heard if each != ["open", allowed + "/"]] == [
        ["open", "link"],
        ["open", "folder-link"],
    ]
    assert nobody_called(server)
