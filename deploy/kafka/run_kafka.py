"""Runs one Apache Kafka node until it is told to stop: python deploy/kafka/run_kafka.py --help."""

import argparse
import signal
import sys
from pathlib import Path

if __name__ == "__main__":  # run as a script: its package is found from the checkout's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from deploy.kafka.node import KafkaNode
from deploy.kafka.ports import usual_or_free_port


def next_lines(bootstrap: str) -> str:
    """The lines to type in another terminal, in the root of the checkout."""
    return f"  export COPYDESK_BROKERS={bootstrap}\n  .venv/bin/copydesk worker"


def main() -> int:
    """Prints the bootstrap address when clients are served, and what to type next, then waits for
    SIGINT or SIGTERM.
    """
    parser = argparse.ArgumentParser(description="One Apache Kafka node for tests, on 127.0.0.1.")
    parser.add_argument(
        "--port", type=int, help="port for clients (default: 9092 if it is free, else another)"
    )
    parser.add_argument(
        "--data", type=Path, help="folder to keep the data in (default: a temporary one)"
    )
    options = parser.parse_args()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    node = KafkaNode(options.data, usual_or_free_port() if options.port is None else options.port)
    try:
        node.start()
        print(node.bootstrap)
        print(f"Next, in another terminal:\n{next_lines(node.bootstrap)}", flush=True)
        code = node.wait()
        print(f"Kafka ended with code {code}:\n{node.read_log_tail()}", file=sys.stderr)
    except RuntimeError as error:  # Kafka failed, or Java, Maven or the jars are missing
        print(error, file=sys.stderr)
    finally:
        # A second signal must not interrupt the clean-up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        node.close()
    return 1


if __name__ == "__main__":
    sys.exit(main())
