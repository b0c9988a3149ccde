import re
from pathlib import Path

from zantara.topology import SERVICES, STREAMS
from zantara.topology.permissions import NatsUser, users
from zantara_cli.stack.nats import server_config

USER = NatsUser(name="golden-cache", publish=("golden.published",), subscribe=("golden.lookup golden-cache",))


def rendered(*, user: NatsUser = USER, monitor_port: int | None = None, sync_interval: str = "always") -> str:
    return server_config(
        [(user, 'p"w')], port=4222, store_dir=Path("/data/js"), monitor_port=monitor_port, sync_interval=sync_interval
    )


def test_it_listens_on_loopback_alone() -> None:
    text = rendered(monitor_port=8222)
    assert 'listen: "127.0.0.1:4222"' in text
    assert 'http: "127.0.0.1:8222"' in text
    assert "0.0.0.0" not in text


def test_no_monitor_unless_asked() -> None:
    assert "http" not in rendered()


def test_jetstream_lies_on_disk_and_syncs_as_told() -> None:
    assert 'store_dir: "/data/js"' in rendered()
    assert "sync_interval: always" in rendered()
    assert "sync_interval: 2s" in rendered(sync_interval="2s")


def test_the_store_holds_what_the_streams_reserve() -> None:
    limit = re.search(r"max_file_store: (\d+)", rendered())
    assert limit
    assert int(limit.group(1)) > sum(stream.max_bytes for stream in STREAMS)


def test_a_user_may_do_what_is_listed_and_nothing_else() -> None:
    text = rendered()
    assert 'publish: { allow: ["golden.published"] }' in text
    assert 'subscribe: { allow: ["golden.lookup golden-cache"] }' in text
    assert "allow_responses" not in text


def test_an_empty_list_denies_everything() -> None:
    silent = NatsUser(name="listener", publish=(), subscribe=("a.>",))
    assert 'publish: { deny: [">"] }' in rendered(user=silent)


def test_a_responder_may_answer_once() -> None:
    responder = NatsUser(name="r", publish=(), subscribe=("q r",), allow_responses=True)
    assert "allow_responses: { max: 1" in rendered(user=responder)


def test_names_and_passwords_cannot_break_out() -> None:
    assert 'password: "p\\"w"' in rendered()


def test_every_service_of_the_topology_is_a_user() -> None:
    pairs = [(user, f"password-{user.name}") for user in users()]
    text = server_config(pairs, port=1, store_dir=Path("/d"))
    for service in SERVICES:
        assert f'user: "{service}", password: "password-{service}"' in text
