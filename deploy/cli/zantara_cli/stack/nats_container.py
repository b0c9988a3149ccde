"""`python -m zantara_cli.stack.nats_container`: prints deploy/nats/nats.conf, the containers' bus, from the topology.

Passwords stay out of it: NATS takes an unquoted `$NAME` from its environment, and refuses to start where it is not set.
"""

from pathlib import Path

from zantara.topology.permissions import users
from zantara_cli.stack.nats import FromEnvironment, server_config

_ANY = "0.0.0.0"  # noqa: S104 - in a container the network decides who reaches it
_HEADER = """\
# Printed by `python -m zantara_cli.stack.nats_container > deploy/nats/nats.conf`: change the topology, not this file.
# Passwords come from the environment. NATS reads their text as configuration: use letters, digits, - and _, and begin
# with a letter.
"""


def password_variable(user: str) -> str:
    """The environment variable that holds a user's password."""
    return f"{user.upper().replace('-', '_')}_PASSWORD"


def container_config() -> str:
    """The whole file: clients from any address, the monitor on the container's own loopback, every write synced."""
    pairs = [(user, FromEnvironment(password_variable(user.name))) for user in users()]
    text = server_config(pairs, host=_ANY, port=4222, monitor_port=8222, store_dir=Path("/data"))
    return _HEADER + text


if __name__ == "__main__":
    print(container_config(), end="")
