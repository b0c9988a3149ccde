import pytest

from zantara.errors import StartError
from zantara.runtime.settings import describe, load
from zantara.topology import SERVICES
from zantara_cli.stack.settings import StackSettings


def test_defaults_give_every_part_a_port_of_its_own() -> None:
    ports = load(StackSettings, {}).ports(simulator=True)
    assert len(set(ports.values())) == len(ports) == len(SERVICES) + 4
    assert ports["ZANTARA_HTTP_PORT"] == 8080
    assert ports["ZANTARA_POSTGRES_PORT"] == 5433


def test_without_a_simulator_its_port_is_not_needed() -> None:
    assert "ZANTARA_SIMULATOR_PORT" not in load(StackSettings, {}).ports(simulator=False)


def test_every_fault_is_named_at_once() -> None:
    env = {"ZANTARA_HTTP_PORT": "99999", "ZANTARA_NATS_PORT": "soon", "ZANTARA_NATS_SYNC_INTERVAL": "sometimes"}
    with pytest.raises(StartError) as caught:
        load(StackSettings, env)
    for name in env:
        assert name in str(caught.value)


@pytest.mark.parametrize("interval", ["always", "250ms", "2s", "2m"])
def test_sync_intervals_that_nats_understands(interval: str) -> None:
    assert load(StackSettings, {"ZANTARA_NATS_SYNC_INTERVAL": interval}).nats_sync_interval == interval


def test_each_service_has_its_setting() -> None:
    env = {"ZANTARA_SHADOW_JUDGE_PORT": "19084"}
    settings = load(StackSettings, env)
    assert settings.service_port("shadow-judge") == 19084
    assert {settings.service_port(service) for service in SERVICES} == {8080, 8081, 8082, 8083, 19084, 8085}


def test_every_setting_is_described() -> None:
    assert all(meaning for _, _, _, meaning in describe(StackSettings))
