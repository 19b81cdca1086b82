"""A standalone worker of Kafka Connect as a child process, with sinks that write to files."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from deploy.kafka.jars import find_java, resolve_jars
from deploy.kafka.lifeline import Lifeline
from deploy.kafka.ports import HOST, find_free_port

HERE = Path(__file__).parent / "connect"
POM = HERE / "pom.xml"
PATIENCE = 180.0


def compile_transformation(target: Path) -> None:
    """Compile the test's own transformation, with the `javac` beside `java`.

    Raises:
        FileNotFoundError: there is a Java, and no compiler.
    """
    javac = Path(find_java()).resolve().with_name("javac")
    subprocess.run(
        [
            str(javac),
            *("-cp", f"{resolve_jars(pom=POM)}/*", "-d", str(target)),
            str(HERE / "KeyBesideValue.java"),
        ],
        check=True,
        timeout=PATIENCE,
    )


@contextlib.contextmanager
def running_connect(
    bootstrap: str, folder: Path, sinks: Mapping[str, str]
) -> Iterator[Callable[[Callable[[], bool]], None]]:
    """Start a worker; gives a function that waits until something holds.

    Args:
        sinks: the properties of each sink, by the name of its file.
    """
    classes = folder / "classes"
    compile_transformation(classes)
    worker = folder / "worker.properties"
    worker.write_text(
        f"bootstrap.servers={bootstrap}\n"
        f"listeners=http://{HOST}:{find_free_port()}\n"
        f"offset.storage.file.filename={folder / 'offsets'}\n"
        "key.converter=org.apache.kafka.connect.storage.StringConverter\n"
        "value.converter=org.apache.kafka.connect.storage.StringConverter\n"
        "offset.flush.interval.ms=500\n"
        "consumer.auto.offset.reset=earliest\n"
    )
    for name, properties in sinks.items():
        (folder / name).write_text(properties)
    log = folder / "connect.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [
                *(find_java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
                *("-cp", f"{classes}:{resolve_jars(pom=POM)}/*"),
                *("org.apache.kafka.connect.cli.ConnectStandalone", str(worker)),
                *(str(folder / name) for name in sinks),
            ],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    lifeline = Lifeline(process.pid)

    def wait_until(holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            said = log.read_text(errors="replace")
            assert process.poll() is None, said[-4000:]
            assert time.monotonic() < deadline, said[-4000:]
            time.sleep(0.1)

    try:
        yield wait_until
    finally:
        process.kill()
        process.wait()
        lifeline.release()
