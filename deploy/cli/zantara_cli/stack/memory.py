"""How much memory a part holds, its children included."""

import psutil


def memory_of(pid: int) -> int:
    """Bytes of a process tree, shared pages counted once where the kernel tells (PSS), else resident; 0 when gone."""
    try:
        process = psutil.Process(pid)
        return sum(map(_own, [process, *process.children(recursive=True)]))
    except psutil.Error:
        return 0


def _own(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.rss)
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
