"""The production compose file: the real Compose accepts it, and everything it names exists."""

import re
import subprocess
from pathlib import Path

import pytest

from lockstep.settings import Settings
from tests.architecture.compose import ENV_EXAMPLE, RAW, REQUIRED, ROOT, SERVICES, VARIABLES, compose, service
from workflows import search_attributes

ONE_SHOTS = {"temporal-schema", "temporal-init"}

# What each image reads at the version pinned here, from its own entry point and configuration template.
KNOWN = {
    "postgres": {"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"},
    "temporalio/admin-tools": {
        *("SQL_PLUGIN", "SQL_HOST", "SQL_PORT", "SQL_USER", "SQL_PASSWORD"),
        *("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "TEMPORAL_RETENTION"),
    },
    "temporalio/server": {
        *("DB", "DB_PORT", "POSTGRES_SEEDS", "POSTGRES_USER", "POSTGRES_PWD", "NUM_HISTORY_SHARDS"),
        *("BIND_ON_IP", "DYNAMIC_CONFIG_FILE_PATH", "PROMETHEUS_ENDPOINT", "LOG_LEVEL"),
    },
    "temporalio/ui": {
        *("TEMPORAL_ADDRESS", "TEMPORAL_DEFAULT_NAMESPACE", "TEMPORAL_CORS_ORIGINS"),
        *("TEMPORAL_DISABLE_WRITE_ACTIONS", "TEMPORAL_DISABLE_NEWS_FETCH"),
    },
    "lockstep": {
        *("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "PGPASSWORD"),
        *(f"LOCKSTEP_{field.upper()}" for field in Settings.model_fields),
    },
}


def test_compose_accepts_the_file_when_every_required_variable_is_given() -> None:
    done = compose("config", "-q", **dict.fromkeys(REQUIRED, "given"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("left_out", REQUIRED)
@pytest.mark.parametrize("empty", [True, False], ids=["empty", "absent"])
def test_compose_refuses_a_missing_variable_by_name(left_out: str, *, empty: bool) -> None:
    given = dict.fromkeys(REQUIRED, "given")
    del given[left_out]
    done = compose("config", "-q", **given | ({left_out: ""} if empty else {}))
    assert done.returncode != 0
    assert f"give {left_out} a value in .env, see deploy/env.example" in done.stderr


def test_both_databases_have_a_password_of_their_own() -> None:
    assert REQUIRED == ["LOCKSTEP_DB_PASSWORD", "TEMPORAL_DB_PASSWORD"]


def test_no_secret_has_a_default() -> None:
    secrets = {
        f"{name}.{key}": value
        for name in SERVICES
        for key, value in RAW["services"][name].get("environment", {}).items()
        if re.search(r"PASSWORD|PWD|SECRET|TOKEN|KEY", key)
    }
    assert len(secrets) == 5  # it grows knowingly
    assert not [place for place, value in secrets.items() if not re.fullmatch(r"\$\{\w+:\?[^}]+\}", value)]


def test_env_example_documents_exactly_the_variables_and_gives_none_a_value() -> None:
    documented = re.findall(
        r"^# (Required|Optional)[^\n]+\n(\w+)=(.*)$", ENV_EXAMPLE.read_text(), re.MULTILINE
    )
    assert sorted(name for _, name, _ in documented) == VARIABLES
    assert sorted(name for kind, name, _ in documented if kind == "Required") == REQUIRED
    assert not [name for _, name, value in documented if value]


@pytest.mark.parametrize("name", SERVICES)
def test_every_variable_a_service_sets_is_one_its_image_reads(name: str) -> None:
    image = service(name)["image"].partition(":")[0]
    assert set(service(name).get("environment", {})) <= KNOWN[image]


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_to_a_full_version(name: str) -> None:
    assert re.fullmatch(r"[\w./-]+:\d+\.\d+(\.\d+)?(-\w+)?", service(name)["image"])


def test_server_and_tools_have_one_version() -> None:
    temporal = service("temporal")["image"].rpartition(":")[2]
    assert {service(name)["image"] for name in ONE_SHOTS} == {f"temporalio/admin-tools:{temporal}"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_confined(name: str) -> None:
    its = service(name)
    assert its["cap_drop"] == ["ALL"]
    assert its["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "cpus", "pids_limit", "logging"} <= set(its)
    assert its["restart"] == ("on-failure:5" if name in ONE_SHOTS else "unless-stopped")
    assert not its.get("privileged")
    assert all(port["host_ip"] == "127.0.0.1" for port in its.get("ports", []))


def test_only_temporal_and_its_ui_are_published() -> None:
    assert {name for name in SERVICES if service(name).get("ports")} == {"temporal", "temporal-ui"}


def test_the_worker_writes_to_its_volume_only() -> None:
    worker = service("worker")
    assert worker["read_only"]
    assert worker["environment"]["LOCKSTEP_HOME"] == "/data"
    assert [volume["target"] for volume in worker["volumes"]] == ["/data"]


def test_the_store_is_reached_by_the_worker_only() -> None:
    assert {name for name in SERVICES if "store" in service(name)["networks"]} == {"lockstep-db", "worker"}
    assert RAW["networks"]["store"]["internal"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_exists_and_can_say_so(name: str) -> None:
    for other, how in service(name).get("depends_on", {}).items():
        match how["condition"]:
            case "service_healthy":
                assert "healthcheck" in service(other)
            case "service_completed_successfully":
                assert other in ONE_SHOTS
            case condition:
                pytest.fail(f"{name} waits for {other} with {condition}")


@pytest.mark.parametrize("name", SERVICES)
def test_every_file_a_service_names_exists(name: str) -> None:
    mounted = {
        v["target"]: Path(v["source"]) for v in service(name).get("volumes", []) if v["type"] == "bind"
    }
    assert all(source.is_relative_to(ROOT) and source.is_dir() for source in mounted.values())
    named = [*(service(name).get("entrypoint") or ()), *service(name).get("environment", {}).values()]
    for target, source in mounted.items():
        for path in (word for word in named if str(word).startswith(f"{target}/")):
            assert (source / Path(path).relative_to(target)).is_file(), path


def test_shards_and_binding_are_what_production_needs() -> None:
    environment = service("temporal")["environment"]
    assert environment["NUM_HISTORY_SHARDS"] == "512"
    assert environment["BIND_ON_IP"] == "0.0.0.0"  # noqa: S104  inside the container
    assert list(service("temporal")["networks"]) == ["temporal"]


def test_the_worker_is_given_longer_than_it_takes_to_finish() -> None:
    source = (ROOT / "worker.py").read_text(encoding="utf-8")
    graceful = int(re.findall(r"graceful_shutdown_timeout=timedelta\(seconds=(\d+)\)", source)[0])
    minutes = int(re.fullmatch(r"(\d+)m0s", service("worker")["stop_grace_period"])[1])
    assert minutes * 60 >= 2 * graceful


def test_the_listed_search_attributes_are_those_of_the_workflow() -> None:
    listed = [
        tuple(line.split())
        for line in (ROOT / "deploy/temporal/search-attributes.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert listed == [
        (key.name, key.indexed_value_type.name.title().replace("_", "")) for key in search_attributes.ALL
    ]


@pytest.mark.parametrize("variable", ["SQL_PLUGIN", "SQL_HOST", "SQL_PORT", "SQL_USER", "SQL_PASSWORD"])
def test_schema_refuses_to_start_without_its_settings(variable: str) -> None:
    given = dict.fromkeys(("SQL_PLUGIN", "SQL_HOST", "SQL_PORT", "SQL_USER", "SQL_PASSWORD"), "x")
    del given[variable]
    script = ROOT / "deploy/temporal/schema.sh"
    done = subprocess.run(["/bin/sh", script], env=given, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert variable in done.stderr
