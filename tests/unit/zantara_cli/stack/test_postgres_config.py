from zantara_cli.stack.postgres import server_config


def settings(*, durable: bool = True) -> dict[str, str]:
    lines = server_config(port=5433, durable=durable).splitlines()
    return dict(line.split(" = ", 1) for line in lines)


def test_it_listens_on_loopback_alone() -> None:
    assert settings()["listen_addresses"] == "'127.0.0.1'"
    assert settings()["unix_socket_directories"] == "''"
    assert settings()["port"] == "5433"


def test_what_is_committed_is_on_disk() -> None:
    chosen = settings()
    assert (chosen["fsync"], chosen["synchronous_commit"], chosen["full_page_writes"]) == ("on", "on", "on")


def test_a_cluster_for_tests_may_lose_data() -> None:
    chosen = settings(durable=False)
    assert (chosen["fsync"], chosen["synchronous_commit"], chosen["full_page_writes"]) == ("off", "off", "off")


def test_short_queries_are_not_compiled() -> None:
    assert settings()["jit"] == "off"
