"""The environment of each child, made by a pure function from the user's own and what the stack knows."""

from collections.abc import Mapping

import msgspec

from zantara_cli.stack.layout import Layout
from zantara_cli.stack.ports import LOOPBACK

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Small matrices: waking a thread costs more than the product, and six services share the cores."""


_NO_TELEMETRY = {"ORT_DISABLE_TELEMETRY": "1"}
"""onnxruntime would report to its maker."""


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Where the database and the bus are for one user of the bus; both hold passwords."""

    database_url: str
    nats_url: str


def child_env(
    user_env: Mapping[str, str],
    *,
    layout: Layout,
    addresses: Addresses,
    http_port: int,
    providers: Mapping[str, str],
    pseudonym_key: str,
) -> dict[str, str]:
    """Everything the user set, overlaid with addresses, ports, folders and the simulated providers."""
    return {
        **_ONE_THREAD,
        **_NO_TELEMETRY,
        "ZANTARA_PSEUDONYM_KEY": pseudonym_key,
        **{name: value for name, value in user_env.items() if value},
        **providers,
        **direct(user_env),
        "DATABASE_URL": addresses.database_url,
        "NATS_URL": addresses.nats_url,
        "ZANTARA_HTTP_PORT": str(http_port),
        "ZANTARA_DATA_DIR": str(layout.data_dir),
        "ZANTARA_MODEL_DIR": str(layout.model_dir),
        "PYTHONUNBUFFERED": "1",
    }


def direct(user_env: Mapping[str, str]) -> dict[str, str]:
    """Proxy exceptions for loopback, in both spellings: a proxy in the user's environment cannot reach us."""
    out = {}
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in user_env.get(name, "").split(",") if host]
        out[name] = ",".join(dict.fromkeys([*hosts, LOOPBACK, "localhost"]))
    return out
