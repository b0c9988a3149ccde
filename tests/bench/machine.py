"""The machine while it measures: who else uses it, and what a service takes."""

import os
import platform
from contextlib import suppress
from time import perf_counter

import psutil
from system import System

from zantara.topology import SERVICES

QUIET_LOAD = 1.5
QUIET_CORES = 0.12


class Foreign:
    """How many cores others use: what the machine was busy with, less what this process and its descendants took."""

    def __init__(self) -> None:
        self._busy_s, self._own_s, self._at = _busy_s(), _own_s(), perf_counter()

    def cores(self) -> float:
        """On average since the beginning."""
        busy_s, own_s = _busy_s() - self._busy_s, _own_s() - self._own_s
        return max(0.0, busy_s - own_s) / (perf_counter() - self._at)


def load() -> float:
    """Processes that ran or wanted to, averaged over the last minute."""
    return os.getloadavg()[0]


def describe() -> str:
    """In a few words."""
    memory_gib = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def resident_mb(system: System) -> dict[str, float]:
    """Resident memory of each service in megabytes (10^6 bytes)."""
    return {service: psutil.Process(system.pid(service)).memory_info().rss / 1e6 for service in SERVICES}


def system_cpu_s(system: System) -> float:
    """CPU time that the system's processes have taken, servers included, with those that they have waited for."""
    return sum(_taken_s(psutil.Process(row.pid)) for row in system.state.rows if row.pid)


def _busy_s() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - getattr(times, "guest", 0.0))


def _own_s() -> float:
    return _taken_s(psutil.Process())


def _taken_s(process: psutil.Process) -> float:
    """Of a process and its living descendants; each has that of the children it has waited for."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])
    return total
