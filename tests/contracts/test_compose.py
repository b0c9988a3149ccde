"""The containers are the same system: its settings, its users of the bus, its versions; and no right too many."""

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from zantara.runtime.settings import Settings
from zantara.topology import OPERATOR, PROVISIONER, SERVICES
from zantara.topology.permissions import users
from zantara_cli.documented import settings_table
from zantara_cli.simulator.settings import SimulatorSettings
from zantara_cli.stack.nats import find_server
from zantara_cli.stack.nats_container import container_config, password_variable
from zantara_cli.stack.postgres import find_install

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy/docker/Dockerfile").read_text()
SIMULATED = ROOT / "deploy/docker/simulator.env"
NATS_CONF = ROOT / "deploy/nats/nats.conf"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]

ERRANDS = {"migrate": PROVISIONER, "sample": OPERATOR}
"""What runs once, and as which user of the bus."""

PROFILES = {"sample": ["sample"], "simulator": ["simulator"]}
OURS = {*SERVICES, *ERRANDS, "simulator"}
BAKED = {"EMBEDDING_MODEL"}
"""Another model needs another image: the folder of models is read-only."""

COMPOSE_ONLY = {"POSTGRES_PASSWORD", "ZANTARA_DATABASE_PASSWORD", "GRAFANA_PASSWORD", "PROMETHEUS_PORT", "GRAFANA_PORT"}
_REFERENCE = re.compile(r"\$\{(\w+)")


def _settings(service: str) -> type[Settings]:
    module = importlib.import_module(f"{service.replace('-', '_')}.settings")
    return next(
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Settings) and each.__module__ == module.__name__
    )


def _variables(settings: type[Settings]) -> set[str]:
    return {settings.variable(field) for field in settings.__struct_fields__}


def _image_env() -> dict[str, str]:
    """The variables of the image that runs, which is the last stage."""
    last = DOCKERFILE.split("\nFROM ")[-1].replace("\\\n", " ")
    lines = re.findall(r"^ENV (.*)$", last, re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in line.split())


def _waits_for(name: str) -> dict[str, str]:
    return {other: how["condition"] for other, how in PARTS[name].get("depends_on", {}).items()}


def _passwords() -> dict[str, str]:
    """For the server's own check: any word will do."""
    return {password_variable(user.name): f"secret-{number}" for number, user in enumerate(users())}


def _nats(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([find_server(), *arguments], env=env, capture_output=True, text=True, check=False)


def test_every_part_is_there_and_only_they() -> None:
    assert set(PARTS) == {*OURS, "nats", "postgres", "prometheus", "grafana"}
    assert {name: part["profiles"] for name, part in PARTS.items() if "profiles" in part} == PROFILES


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part_has_no_right_that_it_does_not_need(name: str) -> None:
    part = PARTS[name]
    uid, _, gid = part["user"].partition(":")
    assert int(uid) > 0, "root inside a container is root with a handicap"
    assert gid.isdigit()
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert part["security_opt"] == ["no-new-privileges:true"]
    assert part["pids_limit"] <= 512
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid", "ipc"} & set(part)


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part_is_watched_and_comes_back(name: str) -> None:
    part = PARTS[name]
    assert part["init"] is True
    assert part["logging"]["options"].keys() >= {"max-size", "max-file"}, "logs must not fill the disk"
    if name in ERRANDS:
        assert part["restart"] == "no"
        assert part["healthcheck"] == {"disable": True}
    else:
        assert part["restart"] == "unless-stopped"
        assert part["healthcheck"]["test"][0] == "CMD"
        assert part["healthcheck"].keys() >= {"interval", "timeout", "retries"}


def test_the_start_is_ordered_and_nothing_waits_in_a_circle() -> None:
    assert _waits_for("migrate") == {"nats": "service_healthy", "postgres": "service_healthy"}
    for name in OURS - {"migrate", "sample"}:
        assert _waits_for(name)["migrate"] == "service_completed_successfully", name
    started: set[str] = set()
    while started != set(PARTS):
        free = {name for name in set(PARTS) - started if set(_waits_for(name)) <= started}
        assert free, f"these wait for each other: {sorted(set(PARTS) - started)}"
        started |= free


def test_the_chat_starts_although_a_lookup_is_ill() -> None:
    waits = _waits_for("chat-router")
    assert {waits[name] for name in waits if name in SERVICES} == {"service_started"}
    assert not set(waits) & set(PROFILES)


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_of_a_service_can_be_set_and_no_other(service: str) -> None:
    given = set(PARTS[service]["environment"])
    assert given == _variables(_settings(service)) - set(_image_env()) - BAKED


def test_the_simulator_too() -> None:
    assert set(PARTS["simulator"]["environment"]) == _variables(SimulatorSettings) - set(_image_env())


def test_only_what_differs_by_installation_has_a_value_here() -> None:
    for service in (*SERVICES, "simulator"):
        valued = {name for name, value in PARTS[service]["environment"].items() if value is not None}
        assert valued <= {"DATABASE_URL", "NATS_URL"}, "the default of a setting stands in its struct alone"


def test_names_that_compose_itself_reads_are_documented_or_its_own() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    documented = set(re.findall(r"^\| `(\w+)` \|", settings_table(), re.MULTILINE))
    bus = {f"NATS_{password_variable(user.name)}" for user in users()}
    assert set(_REFERENCE.findall(text)) <= documented | bus | COMPOSE_ONLY


def test_everybody_comes_to_the_bus_as_who_they_are() -> None:
    given = PARTS["nats"]["environment"]
    assert set(given) == {password_variable(user.name) for user in users()}
    names = {**{service: service for service in SERVICES}, **ERRANDS}
    for part, user in names.items():
        password = given[password_variable(user)]
        assert password == f"${{NATS_{password_variable(user)}:-local-{user}}}"
        assert PARTS[part]["environment"]["NATS_URL"] == f"nats://{user}:{password}@nats:4222"


def test_everybody_comes_to_the_database_as_its_owner_who_is_no_superuser() -> None:
    password = PARTS["postgres"]["environment"]["ZANTARA_DATABASE_PASSWORD"]
    script = (ROOT / "deploy/docker/postgres.sql").read_text()
    assert "CREATE ROLE zantara LOGIN PASSWORD :'password';" in script
    assert "SUPERUSER" not in script
    for part in (*SERVICES, *ERRANDS):
        assert PARTS[part]["environment"]["DATABASE_URL"] == f"postgresql://zantara:{password}@postgres:5432/zantara"


def test_only_pages_for_people_are_published_and_only_to_this_machine() -> None:
    published = {name: part["ports"] for name, part in PARTS.items() if "ports" in part}
    assert set(published) == {"chat-router", "prometheus", "grafana"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)


def test_what_needs_no_way_out_has_none() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    asking = {service for service in SERVICES if "ANTHROPIC_API_KEY" in PARTS[service]["environment"]}
    outside = {name for name, part in PARTS.items() if "outside" in part["networks"]}
    assert outside == {*asking, "prometheus", "grafana"}


def test_files_are_written_where_a_volume_is_and_mounted_from_here_read_only() -> None:
    named = set()
    for name, part in PARTS.items():
        for volume in part.get("volumes", []):
            source, _, target = volume.partition(":")
            if source.startswith("./"):
                assert target.endswith(":ro"), f"{name}: {volume}"
                assert (ROOT / source).exists(), volume
            else:
                named.add(source)
    assert named == set(COMPOSE["volumes"])


def test_the_folder_of_the_database_socket_belongs_to_its_user() -> None:
    socket = next(each for each in PARTS["postgres"]["tmpfs"] if each.startswith("/var/run/postgresql:"))
    uid, _, gid = PARTS["postgres"]["user"].partition(":")
    assert {f"uid={uid}", f"gid={gid}"} <= set(socket.split(":")[1].split(",")), "a restart forgets the folder's mode"


def test_who_keeps_files_has_a_volume_for_them() -> None:
    folder = _image_env()["ZANTARA_DATA_DIR"]
    mounted = {name for name in OURS if any(each.endswith(f":{folder}") for each in PARTS[name].get("volumes", []))}
    assert mounted == {service for service in SERVICES if "settings.data_dir" in _main(service)}


def _main(service: str) -> str:
    return (ROOT / "services" / service / service.replace("-", "_") / "main.py").read_text()


def test_one_image_is_built_once_and_runs_as_the_user_that_compose_names() -> None:
    assert {name for name in OURS if "build" in PARTS[name]} == {"migrate"}
    assert {PARTS[name]["image"] for name in OURS} == {"zantara:local"}
    assert {f"USER {PARTS[name]['user']}" for name in OURS} == {re.findall(r"^USER .*$", DOCKERFILE, re.MULTILINE)[-1]}


def test_the_image_is_made_of_pinned_packages_and_of_what_its_context_holds() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert all(re.search(r":\d", base) for base in re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
    context = [line.lstrip("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    assert copied
    assert sorted(copied) == sorted(context)
    assert all((ROOT / source).exists() for source in copied)


def test_nothing_in_the_image_phones_home() -> None:
    assert _image_env()["ORT_DISABLE_TELEMETRY"] == "1", "onnxruntime reports its use unless told otherwise"
    grafana = PARTS["grafana"]["environment"]
    assert {grafana[name] for name in grafana if name.startswith("GF_ANALYTICS_")} == {"false"}


def test_the_containers_run_the_versions_that_the_tests_run() -> None:
    tested = _nats("--version", env={}).stdout.split("v")[-1].strip()
    base = re.search(r"^FROM nats:([\d.]+)-alpine$", (ROOT / "deploy/nats/Dockerfile").read_text(), re.MULTILINE)
    assert base
    assert f"{tested}.".startswith(f"{base[1]}.")
    install = find_install()
    control = (install / "share/postgresql/extension/vector.control").read_text()
    extension = re.search(r"default_version = '([\d.]+)'", control)
    assert extension
    major = install.name.removeprefix("pginstall")
    assert PARTS["postgres"]["image"] == f"pgvector/pgvector:{extension[1]}-pg{major}-bookworm"
    assert "postgres:/var/lib/postgresql" in PARTS["postgres"]["volumes"], "where images from 18 on keep their data"


def test_the_file_of_the_simulator_names_what_services_read_and_where_it_is() -> None:
    lines = [line for line in SIMULATED.read_text().splitlines() if line and not line.startswith("#")]
    given = dict(line.split("=", 1) for line in lines)
    assert given.pop("COMPOSE_PROFILES") == "simulator"
    assert given.keys() <= PARTS["chat-router"]["environment"].keys()
    urls = {value for value in given.values() if value.startswith("http")}
    assert {url.split("/")[2] for url in urls} == {f"simulator:{_image_env()['SIMULATOR_PORT']}"}
    assert set(given["ZANTARA_SIMULATED"].split(",")) == {"claude", "llama"}


def test_the_configuration_of_the_bus_is_what_the_topology_says() -> None:
    assert NATS_CONF.read_text() == container_config(), (
        "print it anew: python -m zantara_cli.stack.nats_container > deploy/nats/nats.conf"
    )


def test_the_server_takes_that_configuration_and_refuses_it_without_a_password() -> None:
    whole = _nats("-t", "-c", str(NATS_CONF), env=_passwords())
    assert whole.returncode == 0, whole.stderr
    without = _passwords()
    del without[password_variable(OPERATOR)]
    refused = _nats("-t", "-c", str(NATS_CONF), env=without)
    assert refused.returncode != 0
    assert password_variable(OPERATOR) in refused.stderr


def _compose_commands() -> list[list[str]]:
    commands = [["docker-compose"]] if shutil.which("docker-compose") else []
    if shutil.which("docker"):
        asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        commands += [["docker", "compose"]] if asked.returncode == 0 else []
    return commands


@pytest.mark.parametrize("env_file", [None, SIMULATED], ids=["real", "simulated"])
def test_compose_accepts_the_file(env_file: Path | None) -> None:
    commands = _compose_commands()
    if not commands:
        pytest.skip("neither `docker-compose` nor `docker compose` is installed here")
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    for command in commands:
        chosen = ["--env-file", str(env_file)] if env_file else []
        checked = subprocess.run(
            [*command, *chosen, "config", "-q"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stderr
        assert "variable is not set" not in checked.stderr
