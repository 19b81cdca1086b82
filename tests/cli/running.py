"""The command as a person runs it: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping


def copydesk(
    *words: str, settings: Mapping[str, str] | None = None, timeout: float = 120.0
) -> subprocess.CompletedProcess[str]:
    """Run `copydesk` to its end, with these settings and none from outside."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        env={**outside, **(settings or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
