"""Is there a wheel of every locked package for every Python and platform that we promise?

For each of them, uv resolves the locks as it would for an installation there, with wheels alone and
the hashes of the locks (`--dry-run`: nothing but metadata is downloaded). pip cannot do that: it
takes the markers of a lock as those of the Python that it runs on.

`python deploy/check_wheels.py` prints a line a target and ends with 1 if one lacks a wheel.
"""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin")
"""As uv names them. glibc 2.28 is that of Debian 10 and of RHEL 8."""

LOCKS = ("requirements-demo.txt", "requirements-otel.txt", "requirements-dev.txt")
"""Each holds `requirements.txt` too."""

COMPILED = {"aarch64-manylinux_2_28": ("faust-streaming",)}
"""Packages without a wheel on a platform. They are compiled there, from sources with a locked hash
and by the locked tools of `deploy/requirements-build.txt`."""


def lacking(python: str, platform: str) -> str:
    """What uv says if the locks cannot be installed from wheels there; empty if they can."""
    exempt = [f"--no-binary={package}" for package in COMPILED.get(platform, ())]
    with tempfile.TemporaryDirectory() as target:
        run = subprocess.run(  # noqa: S603 - a fixed command
            [
                *(_uv(), "pip", "install", "--quiet", "--dry-run", "--no-deps", "--require-hashes"),
                *("--target", target, "--python", sys.executable),
                *("--python-version", python, "--python-platform", platform),
                *("--only-binary=:all:", *exempt),
                *(f"--requirements={ROOT / lock}" for lock in LOCKS),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    return run.stderr.strip() if run.returncode else ""


def main() -> int:
    """0 if every target has all wheels."""
    missing = 0
    for python, platform in product(PYTHONS, PLATFORMS):
        # Asked again where it failed: the registry may have been busy.
        problem = lacking(python, platform) and lacking(python, platform)
        missing += bool(problem)
        print(f"{python}  {platform:24}  {problem or 'all wheels'}", flush=True)
    return min(missing, 1)


def _uv() -> str:
    """uv of this environment, else the first on the path."""
    return shutil.which("uv", path=sysconfig.get_path("scripts")) or shutil.which("uv") or "uv"


if __name__ == "__main__":
    sys.exit(main())
