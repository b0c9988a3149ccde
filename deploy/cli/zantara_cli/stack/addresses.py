"""Where a command finds the database and the bus: in its environment, else in the embedded instance that runs."""

import urllib.parse
from collections.abc import Mapping

from zantara.errors import StartError
from zantara.runtime.settings import load
from zantara.topology import OPERATOR
from zantara_cli.stack.environment import Addresses
from zantara_cli.stack.instance import holder
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.ports import LOOPBACK
from zantara_cli.stack.postgres import DATABASE, OWNER
from zantara_cli.stack.secrets import known_passwords
from zantara_cli.stack.settings import StackSettings
from zantara_cli.stack.state import StackState, read_state


def addresses_for(env: Mapping[str, str], user: str = OPERATOR) -> Addresses:
    """DATABASE_URL and NATS_URL where both are set, else those of the running instance; StartError where neither is."""
    database_url, nats_url = env.get("DATABASE_URL", ""), env.get("NATS_URL", "")
    if database_url and nats_url:
        return Addresses(database_url=database_url, nats_url=nats_url)
    settings = load(StackSettings, env)
    layout = layout_of(settings.data_dir, settings.model_dir)
    state = read_state(layout.state_file)
    if state is None or holder(layout.lock_file) is None:
        raise StartError(
            f"nothing runs on {layout.data_dir}: start it with `make run`, or set DATABASE_URL and NATS_URL to another"
        )
    return Addresses(
        database_url=_url("postgresql", OWNER, known_passwords(layout.postgres_dir)[OWNER], _port(state, "postgres"))
        + f"/{DATABASE}",
        nats_url=_url("nats", user, known_passwords(layout.nats_dir)[user], _port(state, "nats")),
    )


def front_url(env: Mapping[str, str]) -> str:
    """Where the page and the API of this environment's instance are."""
    settings = load(StackSettings, env)
    state = read_state(layout_of(settings.data_dir, settings.model_dir).state_file)
    return state.url if state else f"http://{LOOPBACK}:{settings.chat_router_port}"


def _port(state: StackState, part: str) -> int:
    return next(row.port for row in state.rows if row.name == part and row.port)


def _url(scheme: str, user: str, password: str, port: int) -> str:
    return f"{scheme}://{user}:{urllib.parse.quote(password)}@{LOOPBACK}:{port}"
