"""Runs `copydesk` in a child process."""

import os
import subprocess
import sys
from collections.abc import Mapping


def copydesk(
    *words: str, settings: Mapping[str, str] | None = None, timeout: float = 120.0
) -> subprocess.CompletedProcess[str]:
    """Run `copydesk` to its end, with these settings and none of the environment's."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        env={**outside, **(settings or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
