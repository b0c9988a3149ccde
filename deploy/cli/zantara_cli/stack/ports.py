"""TCP ports on loopback: find a free one, or say plainly which setting points at a taken one."""

import socket
from collections.abc import Mapping

from zantara.errors import StartError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(port: int) -> bool:
    """Whether a listener would fail on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return True
        return False


def require_free(ports: Mapping[str, int]) -> None:
    """Check `setting -> port`; raises StartError that names every clash with its setting."""
    faults = [
        f"port {port} is taken: free it or set {setting} to another"
        for setting, port in ports.items()
        if is_taken(port)
    ]
    seen: dict[int, str] = {}
    for setting, port in ports.items():
        if port in seen:
            faults.append(f"{setting} and {seen[port]} both say port {port}")
        seen[port] = setting
    if faults:
        raise StartError("\n".join(faults))
