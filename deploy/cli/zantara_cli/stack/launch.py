"""A few lines between the supervisor and each child: become another user if told, die with the parent, exec.

Run as a script (`python -I -S launch.py SIGNAL PARENT_PID UID GID -- ARGV...`) so that nothing of ours runs between
fork and exec inside the supervisor. UID -1 keeps the user. The parent-death signal is a Linux feature; elsewhere the
child merely loses that safety net.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def _die_with_parent(signal_number: int) -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")


def _become(uid: int, gid: int) -> None:
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def main(arguments: list[str]) -> None:
    """Never returns: the process becomes ARGV."""
    signal_number, parent, uid, gid = (int(text) for text in arguments[:4])
    argv = arguments[5:]
    _become(uid, gid)
    _die_with_parent(signal_number)  # after the change of user, which would clear it
    if os.getppid() != parent:  # the parent went before the signal was armed
        sys.exit(1)
    os.execv(argv[0], argv)  # noqa: S606 - exec without a shell is the point


if __name__ == "__main__":
    main(sys.argv[1:])
