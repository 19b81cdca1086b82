"""Runs `copydesk` in the process of the test: for what needs no process of its own."""

import logging
import os
from collections.abc import Mapping

from click.testing import CliRunner, Result

from service.cli.main import main


def run(
    *words: str, settings: Mapping[str, str] | None = None, given: bytes | None = None
) -> Result:
    """Run `copydesk` to its end, with these settings and none of the environment's. An error that
    would be a traceback is `exception` of the result.

    Args:
        given: what is on standard input.
    """
    outside = {name: None for name in os.environ if name.startswith("COPYDESK_")}
    root, client = logging.getLogger(), logging.getLogger("aiokafka")
    handlers, level, of_client = root.handlers[:], root.level, client.level
    try:
        return CliRunner().invoke(
            main,
            list(words),
            env={**outside, **(settings or {})},
            input=given,
            prog_name="copydesk",
        )
    finally:  # a command sets up the log of its process, which here is that of the tests
        root.handlers[:] = handlers
        root.setLevel(level)
        client.setLevel(of_client)
