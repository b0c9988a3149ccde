"""Children that outlived a killed supervisor: recognised by pid and creation time, ended before anything starts."""

import signal

import psutil

from zantara_cli.stack.state import StackState

_SAME_S = 0.05
_GRACE_S = 15.0


def end_stale(state: StackState | None) -> list[str]:
    """End what is left of an earlier instance, gently first; returns the names of the parts ended."""
    left = _left_over(state) if state else {}
    for process in left:
        _signal(process, kill=False)
    _, alive = psutil.wait_procs(list(left), timeout=_GRACE_S)
    for process in alive:
        _signal(process, kill=True)
    psutil.wait_procs(alive, timeout=_GRACE_S)
    return list(left.values())


def _left_over(state: StackState) -> dict[psutil.Process, str]:
    out = {}
    for row in state.rows:
        created = state.created.get(row.pid) if row.pid is not None else None
        if row.pid is None or created is None:
            continue
        try:
            process = psutil.Process(row.pid)
            if abs(process.create_time() - created) < _SAME_S and process.status() != psutil.STATUS_ZOMBIE:
                out[process] = row.name
        except psutil.Error:
            continue
    return out


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        if kill:
            process.kill()
        elif "postgres" in process.name():
            process.send_signal(signal.SIGINT)
        else:
            process.terminate()
    except psutil.Error:
        pass
