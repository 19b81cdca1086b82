"""Kafka's jars and the Java that runs them: resolved once by Maven, then taken from a folder."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
POM = HERE / "pom.xml"
CACHE = HERE / ".jars"
RESOLVE_SECONDS = 900.0


class ToolMissing(RuntimeError):
    """Java or Maven is not on this machine."""


def find_java() -> str:
    """Path of the `java` command: from JAVA_HOME if set, else from the PATH.

    Raises ToolMissing where there is none. Kafka 4 needs Java 17 or newer.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if found is None:
        raise ToolMissing("Apache Kafka needs Java 17 or newer, and there is no `java` here")
    return found


def resolve_jars(cache: Path = CACHE, pom: Path = POM) -> Path:
    """Folder that holds every jar of a `pom.xml`, Kafka's unless given; Maven fills it the first
    time.

    The folder is named after the hash of `pom.xml`, so another version gets another folder. A
    lock makes a second process wait for the first, and the folder appears under its name only
    when it is complete. Raises ToolMissing where jars are missing and so is Maven, RuntimeError
    where Maven fails.
    """
    jars = cache / hashlib.sha256(pom.read_bytes()).hexdigest()[:16]
    if jars.is_dir():
        return jars
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not jars.is_dir():
            partial = jars.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            _copy_dependencies(partial, pom)
            partial.rename(jars)
    return jars


def _copy_dependencies(target: Path, pom: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ToolMissing("Apache Kafka's jars are resolved by Maven, and there is no `mvn` here")
    command = [
        maven,
        "--batch-mode",
        "--no-transfer-progress",
        "--strict-checksums",
        f"--file={pom}",
        "dependency:copy-dependencies",
        f"-DoutputDirectory={target}",
    ]
    run = subprocess.run(  # noqa: S603 - a fixed command on our own pom.xml
        command, capture_output=True, text=True, check=False, timeout=RESOLVE_SECONDS
    )
    if run.returncode != 0:
        raise RuntimeError(f"Maven could not resolve {pom}:\n{run.stdout[-4000:]}{run.stderr}")
