"""One connection to NATS with the options that keep it honest: short pings, endless reconnects, private inbox."""

from urllib.parse import urlsplit

import nats
import nats.errors
import structlog
from nats.aio.client import Client

from zantara.bus import metrics
from zantara.errors import Unavailable
from zantara.topology.permissions import inbox_prefix

log = structlog.get_logger()


async def connect(url: str, *, name: str) -> Client:
    """Connect as the user in the URL; raises Unavailable when the server cannot be reached within 5 s.

    A stopped server is noticed after two missed pings (20 s); the client buffers nothing while disconnected.
    """

    async def failed(error: Exception) -> None:
        metrics.ERRORS.labels(type(error).__name__).inc()
        log.warning("nats_error", error=str(error)[:300])

    async def reconnected() -> None:
        metrics.RECONNECTS.inc()
        log.info("nats_reconnected")

    async def disconnected() -> None:
        log.warning("nats_disconnected")

    user = urlsplit(url).username or name
    try:
        return await nats.connect(
            url,
            name=name,
            inbox_prefix=inbox_prefix(user).encode(),
            connect_timeout=5,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.5,
            ping_interval=10,
            max_outstanding_pings=2,
            pending_size=0,
            drain_timeout=5,
            error_cb=failed,
            reconnected_cb=reconnected,
            disconnected_cb=disconnected,
        )
    except (nats.errors.Error, OSError, TimeoutError) as error:
        raise Unavailable(f"NATS: {error}") from error
