from pathlib import Path

from zantara_cli.stack.environment import Addresses, child_env
from zantara_cli.stack.layout import layout_of

LAYOUT = layout_of("/data/zantara", "/data/models")
ADDRESSES = Addresses(database_url="postgresql://zantara:p@127.0.0.1:5433/zantara", nats_url="nats://a:b@127.0.0.1:1")


PROVIDERS = {"RUNPOD_API_KEY": "s"}


def made(user_env: dict[str, str]) -> dict[str, str]:
    return child_env(
        user_env,
        layout=LAYOUT,
        addresses=ADDRESSES,
        http_port=8083,
        providers={"RUNPOD_API_KEY": "s"},
        pseudonym_key="p",
    )


def test_addresses_port_and_folders_are_ours() -> None:
    env = made({"DATABASE_URL": "postgresql://elsewhere", "NATS_URL": "nats://elsewhere", "ZANTARA_HTTP_PORT": "1"})
    assert env["DATABASE_URL"] == ADDRESSES.database_url
    assert env["NATS_URL"] == ADDRESSES.nats_url
    assert env["ZANTARA_HTTP_PORT"] == "8083"
    assert Path(env["ZANTARA_DATA_DIR"]) == LAYOUT.data_dir
    assert Path(env["ZANTARA_MODEL_DIR"]) == LAYOUT.model_dir
    assert env["RUNPOD_API_KEY"] == "s"


def test_everything_else_of_the_user_is_passed_on() -> None:
    env = made({"SHADOW_MODE_ENABLED": "false", "RAG_BACKEND_URL": "http://rag", "PATH": "/bin"})
    assert env["SHADOW_MODE_ENABLED"] == "false"
    assert env["RAG_BACKEND_URL"] == "http://rag"
    assert env["PATH"] == "/bin"


def test_a_proxy_is_kept_away_from_loopback() -> None:
    env = made({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "intranet,127.0.0.1"})
    assert env["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert env["no_proxy"] == "127.0.0.1,localhost"
    assert env["HTTPS_PROXY"] == "http://proxy:3128"


def test_the_user_environment_itself_is_not_touched() -> None:
    user_env = {"NATS_URL": "nats://mine"}
    made(user_env)
    assert user_env == {"NATS_URL": "nats://mine"}
