"""`python -m zantara_cli.simulator`: run the simulator until SIGTERM or Ctrl-C."""

import os
import sys

import structlog
from aiohttp import web

from zantara.errors import StartError
from zantara.runtime.logs import configure_logs
from zantara.runtime.settings import load
from zantara_cli.simulator.app import create_app
from zantara_cli.simulator.settings import SimulatorSettings

_GRACE_S = 1.0


def main() -> None:
    """Serve; a bad setting or a taken port ends the process with a message."""
    configure_logs("simulator", "info")
    try:
        settings = load(SimulatorSettings, os.environ)
    except StartError as error:
        sys.exit(str(error))
    structlog.get_logger().info("simulator_starts", host=settings.host, port=settings.port, simulated=True)
    try:
        web.run_app(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_GRACE_S,
            print=None,
        )
    except OSError as error:
        sys.exit(f"the simulator cannot listen on {settings.host}:{settings.port}: {error.strerror}")


if __name__ == "__main__":
    main()
