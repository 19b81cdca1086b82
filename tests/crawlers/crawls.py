"""Each crawler as its manual starts it, over the whole site, into a folder.

`make test-crawlers` installs what package registries have into `.venv/crawlers`:
`requirements.txt` (PyPI), `package.json` (npm) and Heritrix (Maven Central). A crawler that is not
there is skipped.
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.crawlers.news_site import PAGES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INSTALLED = Path(os.environ.get("COPYDESK_CRAWLERS") or ROOT / ".venv" / "crawlers")
SECONDS = 300.0

Crawl = Callable[[str, Path], Path]
"""Crawls the site at an address, in an empty folder; returns the folder with what it leaves."""


def wget(site: str, folder: Path) -> Path:
    """`--warc-file`, recursive."""
    command = [found("wget"), "--recursive", "--no-verbose", "--delete-after"]
    run([*command, "--warc-file=pages", f"{site}/"], folder, also=(8,))  # 8: a page was a 404
    return folder


def wget_twice(site: str, folder: Path) -> Path:
    """A second crawl with `--warc-dedup`, whose records refer to the first."""
    command = [found("wget"), "--recursive", "--no-verbose", "--delete-after", "--warc-cdx"]
    run([*command, "--warc-file=a", f"{site}/"], folder, also=(8,))
    run([*command, "--warc-file=b", "--warc-dedup=a.cdx", f"{site}/"], folder, also=(8,))
    return folder


def warcprox(site: str, folder: Path) -> Path:
    """A proxy that records what passes it; bytes that it has are not written again."""
    port = free_port()
    command = [found("warcprox"), "--port", str(port), "--gzip", "--dir", "warcs"]
    with started([*command, "--dedup-min-text-size", "0"], folder, port):
        fetch_all(port, site)
    return folder / "warcs"


def pywb(site: str, folder: Path) -> Path:
    """`wayback --record`: an archive that fetches what it is asked for, and keeps it."""
    run([found("wb-manager"), "init", "pages"], folder)
    (folder / "config.yaml").write_text("recorder: live\n")
    port = free_port()
    command = [found("wayback"), "--live", "--record", "--bind", "127.0.0.1", "--port", str(port)]
    with started(command, folder, port):
        fetch_all(port, f"/pages/record/id_/{site}")
    return folder / "collections" / "pages" / "archive"


def scrapy_lines(site: str, folder: Path) -> Path:
    """Scrapy's feed export as JSON lines, with items in copydesk's own JSON form."""
    command = [sys.executable, "-m", "scrapy", "runspider", str(HERE / "spider.py")]
    run([*command, "-a", f"start={site}/", "-o", "pages.jsonl"], folder)
    return folder


def scrapy_wacz(site: str, folder: Path) -> Path:
    """scrapy-webarchive, an extension of Scrapy that leaves a WACZ."""
    command = [found("scrapy"), "runspider", str(HERE / "spider.py"), "-a", f"start={site}/"]
    exporter = '{"scrapy_webarchive.extensions.WaczExporter": 543}'
    run([*command, "-s", f"EXTENSIONS={exporter}", "-s", f"SW_EXPORT_URI={folder}/"], folder)
    return folder


def warcio_js(site: str, folder: Path) -> Path:
    """warcio.js, which browser-based crawlers write with."""
    modules = INSTALLED / "node_modules"
    if not modules.is_dir():
        pytest.skip(f"{modules} is not there: make test-crawlers")
    addresses = [f"{site}/{name}" for name in PAGES]
    script = str(HERE / "recorder.cjs")
    run([found("node"), script, str(modules), "pages.warc.gz", *addresses], folder)
    return folder


def heritrix(site: str, folder: Path) -> Path:
    """One job from Heritrix's own profile, without the pauses that spare a foreign site."""
    archives = sorted(INSTALLED.glob("heritrix-*-dist.zip"))
    if not archives:
        pytest.skip(f"no Heritrix in {INSTALLED}: make test-crawlers")
    found("java")
    home = folder.parent / "heritrix"
    shutil.unpack_archive(archives[-1], home)
    (home,) = home.iterdir()
    (engine,) = (home / "lib").glob("heritrix-engine-*.jar")
    with zipfile.ZipFile(engine) as jar:
        profile = jar.read("org/archive/crawler/restlet/profile-crawler-beans.cxml").decode()
    more = "disposition.delayFactor=0\ndisposition.minDelayMs=0"
    contact = "ENTER_AN_URL_WITH_YOUR_CONTACT_INFO_HERE_FOR_WEBMASTERS_AFFECTED_BY_YOUR_CRAWL"
    job = folder / "jobs" / "pages"
    job.mkdir(parents=True)
    profile = profile.replace(contact, f"{site}/").replace("##..more?..##", more)
    (job / "crawler-beans.cxml").write_text(
        profile.replace("http://example.example/example", f"{site}/")
    )
    script = home / "bin" / "heritrix"
    script.chmod(0o755)
    port = str(free_port())
    command = [str(script), "-a", "crawl:crawl", "-p", port, "-j", str(folder / "jobs")]
    run([*command, "-r", "pages"], folder, environment={"FOREGROUND": "true"})
    # Not the job's folder: its reports are plain texts, which would be taken for articles.
    (warcs,) = job.glob("2*/warcs")
    return warcs


CRAWLS: Sequence[Crawl] = (
    wget,
    wget_twice,
    warcprox,
    pywb,
    scrapy_lines,
    scrapy_wacz,
    warcio_js,
    heritrix,
)


def found(program: str) -> str:
    """Path of a program, among those installed for this or on the machine; else the test skips."""
    path = shutil.which(program, path=str(INSTALLED / "bin")) or shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not on this machine")
    return path


def run(
    command: Sequence[str],
    folder: Path,
    *,
    also: Sequence[int] = (),
    environment: dict[str, str] | None = None,
) -> None:
    """Run a program to its end in a folder.

    Args:
        also: exit codes that are as good as 0.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=_environment() | (environment or {}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode in (0, *also), done.stdout[-2000:] + done.stderr[-4000:]


@contextmanager
def started(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server while the block runs, which begins once the server listens on its port."""
    with (folder / "server.log").open("w+") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            while not _listens(port):
                with suppress(subprocess.TimeoutExpired):
                    server.wait(timeout=0.1)
                if server.returncode is not None:
                    log.seek(0)
                    pytest.fail(log.read()[-4000:])
            yield
        finally:
            server.terminate()
            server.wait(timeout=60.0)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=10.0).close()
    except OSError:
        return False
    return True


def fetch_all(port: int, prefix: str) -> None:
    """Ask a server on this machine for every page of the site.

    Args:
        prefix: what stands before the page's name in the request: an address for a proxy.
    """
    for name in PAGES:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60.0)
        connection.request("GET", f"{prefix}/{name}")
        connection.getresponse().read()
        connection.close()


def free_port() -> int:
    """A port of the loopback that nobody listens on at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    outside = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("COPYDESK_") and not key.lower().endswith("_proxy")
    }
    return outside | {"PYTHONUNBUFFERED": "1"}
