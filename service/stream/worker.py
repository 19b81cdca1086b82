"""A worker: the app under Faust's own worker, which handles signals and exit codes."""

import faust

from service.settings import Settings
from service.stream.app import build_app


def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then drain and stop.

    Raises:
        SystemExit: always; 0 after an orderly stop.
        BadConnection: the security settings do not fit together.
    """
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    worker = faust.Worker(
        build_app(settings),
        loglevel=settings.log_level,
        override_logging=False,
        redirect_stdouts=False,
        quiet=True,
    )
    # Its progress spinner would write control characters into the log.
    worker.spinner = None
    worker.execute_from_commandline()
