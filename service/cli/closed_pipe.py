"""The end of a command whose reader, such as `head`, has closed the pipe."""

import os
import sys
from contextlib import suppress
from io import UnsupportedOperation


def discard_output() -> None:
    """Send to nowhere what is still to be written to standard output: it cannot be written any
    more, and Python would say so with a traceback when it ends."""
    with suppress(UnsupportedOperation, OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
