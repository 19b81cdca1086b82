"""Runs `copydesk demo` as a process; gives access to its desk and its broker."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

from lxml import html

from service.local.sample import sample_crawl
from tests.cli.running import copydesk

PAGES = tuple(sample_crawl())
ARTICLES = {page.url for page in PAGES if page.expect.outcome == "event"}
WITHOUT_EVENT = ("rejected", "failed")

_PATIENCE = 240.0


class RunningDemo:
    """Use it as a context manager: on entry, the sample crawl is on the desk."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="copydesk-browser-")
        self._log = Path(self._folder.name) / "demo.log"
        self._child: subprocess.Popen[bytes] | None = None
        self.address = ""
        self.brokers = ""

    def __enter__(self) -> Self:
        outside = {k: value for k, value in os.environ.items() if not k.startswith("COPYDESK_")}
        with self._log.open("wb") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "demo"],
                env={**outside, "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self.address = self._said(r"^desk +(http://\S+)/$")
            self.brokers = self._said(r"^broker +(\S+)")
            self._said(r"^(Still running)")
            self._wait_for_desk()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.send_signal(signal.SIGTERM)
            try:
                self._child.wait(60)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        self._folder.cleanup()

    def ask(self, path: str) -> Any:
        """Fetch JSON from a path of the desk."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as answer:
            return json.load(answer)

    def without_event(self, outcome: str) -> int:
        """Number of pages that the desk lists as `rejected` or `failed`."""
        with urllib.request.urlopen(f"{self.address}/{outcome}", timeout=30) as answer:
            return len(html.document_fromstring(answer.read()).cssselect(".without-event > li"))

    def feed(self, url: str, title: str, text: str, fetched_at: str) -> None:
        """Write a page to the broker, as a crawler does."""
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
        row = {
            "url": url,
            "fetched_at": fetched_at,
            "status": 200,
            "headers": {"content-type": "text/html; charset=utf-8"},
            "text": f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"{paragraphs}</article></body></html>",
        }
        pages = Path(self._folder.name) / "more.jsonl"
        pages.write_text(json.dumps(row) + "\n")
        done = copydesk("feed", str(pages), settings={"COPYDESK_BROKERS": self.brokers})
        assert done.returncode == 0, done.stderr

    def _wait_for_desk(self) -> None:
        """Wait until the desk has the whole crawl: it may still be reading when the demo prints its
        table, which comes from the demo's own consumer."""
        until = time.monotonic() + _PATIENCE
        while not self._is_on_desk():
            assert time.monotonic() < until, self.ask("/healthz")
            time.sleep(0.1)

    def _is_on_desk(self) -> bool:
        health = self.ask("/healthz")
        return (
            health["caught_up"]
            and health["articles"] >= len(ARTICLES)
            and all(self.without_event(each) >= expected(each) for each in WITHOUT_EVENT)
        )

    def _said(self, pattern: str) -> str:
        """Wait until the demo has printed a line that matches; return the first group."""
        until = time.monotonic() + _PATIENCE
        assert self._child is not None
        while time.monotonic() < until:
            text = self._log.read_text(errors="replace")
            if found := re.search(pattern, text, re.M):
                return found[1]
            assert self._child.poll() is None, text
            time.sleep(0.1)
        raise AssertionError(f"not printed in {_PATIENCE} s: {pattern}\n{text}")


def expected(outcome: str) -> int:
    """Number of pages of the crawl with this expected outcome."""
    return sum(page.expect.outcome == outcome for page in PAGES)
