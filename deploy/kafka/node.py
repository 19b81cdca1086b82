"""One Apache Kafka node as a child process: start, stop, kill, start again on the same data."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.kafka.guard import Guard
from deploy.kafka.jars import HERE, find_java, resolve_jars
from deploy.kafka.lifeline import Lifeline
from deploy.kafka.ports import HOST, find_free_port
from deploy.kafka.properties import render_properties
from deploy.kafka.seat import Seat, single_seat

# The line a node writes once it is registered, unfenced and serving clients.
_READY = b"Kafka Server started"

# One compiler tier and the serial collector start fastest on few and busy cores.
_JVM = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]


class KafkaFailed(RuntimeError):
    """The node ended, or did not get ready in time; the message ends with its log's last lines."""


class KafkaNode:
    """A KRaft node (broker and controller in one) on 127.0.0.1.

    `home` holds server.properties, broker.log and data/; without one it is a temporary folder
    that `close` removes. The port is fixed for the object's life, so a node that was stopped or
    killed starts again at the same address and with the same data. Without a `seat` in a cluster
    it is alone; with a `guard` it has further listeners. Not safe for use from several threads at
    once.
    """

    def __init__(
        self,
        home: Path | None = None,
        port: int | None = None,
        *,
        heap_mib: int = 512,
        seat: Seat | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._temporary = home is None
        self.home = Path(tempfile.mkdtemp(prefix="kafka-")) if home is None else home.resolve()
        self.log = self.home / "broker.log"
        self._data = self.home / "data"
        self._properties = self.home / "server.properties"
        self._port = find_free_port() if port is None else port
        self._heap_mib = heap_mib
        self._seat = single_seat() if seat is None else seat
        self._guard = guard
        self._child: subprocess.Popen[bytes] | None = None
        self._lifeline: Lifeline | None = None

    @property
    def bootstrap(self) -> str:
        """Address for clients, `host:port`."""
        return f"{HOST}:{self._port}"

    @property
    def pid(self) -> int:
        """Process id of the running broker; RuntimeError where it does not run."""
        if self._child is None:
            raise RuntimeError("Kafka is not running")
        return self._child.pid

    def start(self, timeout: float = 120.0) -> None:
        """Starts the node and returns when it serves clients.

        The first start of a home formats its storage, and the first on a machine lets Maven
        resolve the jars, outside the `timeout` (seconds). A start after `kill` takes some nine
        seconds more: the controller lets the dead broker's session run out first. Raises
        KafkaFailed, or ToolMissing where Java or Maven is not there.
        """
        if self._child is not None:
            raise RuntimeError("Kafka is running already")
        java = [find_java(), *_JVM, f"-Xmx{self._heap_mib}m"]
        java += [f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}"]
        java += ["-cp", f"{resolve_jars()}/*"]
        deadline = time.monotonic() + timeout
        self.home.mkdir(parents=True, exist_ok=True)
        self._properties.write_text(
            render_properties(
                host=HOST, port=self._port, seat=self._seat, data=self._data, guard=self._guard
            )
        )
        if not (self._data / "meta.properties").exists():
            self._format(java, timeout)
        with self.log.open("ab") as log:
            read_from = log.tell()
            self._child = subprocess.Popen(  # noqa: S603 - our own command line
                [*java, "kafka.Kafka", str(self._properties)],
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops the node
            )
        try:
            self._lifeline = Lifeline(self._child.pid)
            self._wait_until_ready(self._child, read_from, deadline)
        except BaseException:
            self.kill()
            raise

    def stop(self, timeout: float = 30.0) -> None:
        """Shuts the node down in order (SIGTERM), or kills it after `timeout` seconds.

        Nothing happens to a node that does not run.
        """
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(timeout)
        except subprocess.TimeoutExpired:
            self._child.kill()
        self._forget()

    def kill(self) -> None:
        """Ends the node at once (SIGKILL), as a crash would; its data stays as it was."""
        if self._child is None:
            return
        self._child.kill()
        self._forget()

    @property
    def exit_code(self) -> int | None:
        """How the node ended by itself; None while it runs."""
        return None if self._child is None else self._child.poll()

    def wait(self) -> int:
        """Blocks until the node ends by itself; returns its exit code."""
        if self._child is None:
            raise RuntimeError("Kafka is not running")
        return self._child.wait()

    def close(self) -> None:
        """Stops the node and removes its folder if that was a temporary one."""
        self.stop()
        if self._temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read_log_tail(self, lines: int = 40) -> str:
        """The last lines of the broker's log; empty before the first start."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _format(self, java: list[str], timeout: float) -> None:
        shutil.rmtree(self._data, ignore_errors=True)  # what an interrupted format left
        command = [*java, "kafka.tools.StorageTool", "format"]
        # `=` because an id may begin with a dash.
        command += [f"--cluster-id={self._seat.cluster_id}", "--config", str(self._properties)]
        if self._guard is not None:
            command += self._guard.format_arguments()
        run = subprocess.run(  # noqa: S603 - our own command line
            command, capture_output=True, text=True, check=False, timeout=timeout
        )
        if run.returncode != 0:
            raise KafkaFailed(f"Kafka's storage could not be formatted:\n{run.stdout}{run.stderr}")

    def _wait_until_ready(
        self, child: subprocess.Popen[bytes], read_from: int, deadline: float
    ) -> None:
        with self.log.open("rb") as log:
            log.seek(read_from)
            seen = b""
            while True:
                ended = child.poll() is not None
                seen = seen[-len(_READY) :] + log.read()
                if ended:
                    raise KafkaFailed(
                        f"Kafka ended with code {child.returncode}:\n{self.read_log_tail()}"
                    )
                if _READY in seen:
                    return
                if time.monotonic() > deadline:
                    raise KafkaFailed(f"Kafka was not ready in time:\n{self.read_log_tail()}")
                time.sleep(0.05)

    def _forget(self) -> None:
        assert self._child is not None
        self._child.wait()
        self._child = None
        if self._lifeline is not None:
            self._lifeline.release()
            self._lifeline = None
