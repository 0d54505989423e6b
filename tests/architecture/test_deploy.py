"""The scripts of deploy/, run for real against a Temporal server and a PostgreSQL server."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url
from temporalio import activity, workflow
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from deploy import worker_health
from tests.support.postgres import shared_server
from workflows import ids, search_attributes

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
INIT = ROOT / "deploy/temporal/init.sh"
LIST = ROOT / "deploy/temporal/search-attributes.txt"
HEALTH = ROOT / "deploy/worker_health.py"


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[WorkflowEnvironment]:
    env = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(BIN / "temporal"), dev_server_log_level="error"
    )
    async with env:
        yield env


@pytest.fixture
def namespace() -> str:
    return f"lockstep-{uuid4()}"


def address(env: WorkflowEnvironment) -> str:
    return env.client.service_client.config.target_host


async def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": tempfile.gettempdir(), **variables}
    return await asyncio.to_thread(
        subprocess.run, command, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


async def init(
    env: WorkflowEnvironment, namespace: str, file: Path, retention: str = "365d"
) -> subprocess.CompletedProcess[str]:
    return await run(
        *("/bin/sh", INIT, file),
        TEMPORAL_ADDRESS=address(env),
        TEMPORAL_NAMESPACE=namespace,
        TEMPORAL_RETENTION=retention,
    )


async def retention_days(env: WorkflowEnvironment, namespace: str) -> int:
    request = DescribeNamespaceRequest(namespace=namespace)
    described = await env.client.workflow_service.describe_namespace(request)
    return described.config.workflow_execution_retention_ttl.ToTimedelta().days


async def attributes(env: WorkflowEnvironment, namespace: str) -> dict[str, int]:
    request = ListSearchAttributesRequest(namespace=namespace)
    return dict((await env.client.operator_service.list_search_attributes(request)).custom_attributes)


async def test_init_makes_the_namespace_with_what_the_workflow_needs(
    server: WorkflowEnvironment, namespace: str
) -> None:
    done = await init(server, namespace, LIST)

    assert done.returncode == 0, done.stderr
    assert await retention_days(server, namespace) == 365
    assert await attributes(server, namespace) == {
        key.name: int(key.indexed_value_type) for key in search_attributes.ALL
    }


async def test_init_may_be_repeated_and_then_only_moves_the_retention(
    server: WorkflowEnvironment, namespace: str
) -> None:
    assert (await init(server, namespace, LIST)).returncode == 0
    before = await attributes(server, namespace)

    again = await init(server, namespace, LIST, retention="90d")

    assert again.returncode == 0, again.stderr
    assert await retention_days(server, namespace) == 90
    assert await attributes(server, namespace) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("HireStage Keyword\nHireStage Int\n", "HireStage already exists", id="other type"),
        pytest.param("HireStage\n", "this one is not: HireStage", id="no type"),
        pytest.param("HireStage Keyword twice", "this one is not: HireStage Keyword twice", id="too much"),
        pytest.param("HireStage Colour", "Colour", id="no such type"),
    ],
)
async def test_init_refuses_a_bad_list_by_name(
    server: WorkflowEnvironment, namespace: str, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "list").write_text(text, encoding="utf-8")
    done = await init(server, namespace, tmp_path / "list")
    assert done.returncode != 0
    assert words in done.stderr


async def test_init_refuses_a_list_that_is_not_there(server: WorkflowEnvironment, namespace: str) -> None:
    done = await init(server, namespace, ROOT / "no-such-list")
    assert done.returncode != 0
    assert "there is no readable file" in done.stderr


@activity.defn
async def nothing() -> None:
    pass


@workflow.defn(sandboxed=False)
class Nothing:
    @workflow.run
    async def run(self) -> None:
        pass


async def health(where: str) -> subprocess.CompletedProcess[str]:
    return await run(sys.executable, HEALTH, TEMPORAL_ADDRESS=where)


async def test_health_follows_the_worker(server: WorkflowEnvironment) -> None:
    before = await health(address(server))
    assert before.returncode == 1
    assert "no worker here polls lockstep for: activity, workflow" in before.stderr

    async with Worker(server.client, task_queue=ids.TASK_QUEUE, workflows=[Nothing], activities=[nothing]):
        for _ in range(20):  # Temporal answers that question anew every five seconds only
            await asyncio.sleep(1)
            during = await health(address(server))
            if during.returncode == 0:
                break
    assert (during.returncode, during.stderr) == (0, "")


async def test_health_says_when_temporal_is_gone() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        done = await health(f"127.0.0.1:{unused.getsockname()[1]}")
    assert done.returncode == 1
    assert "Temporal does not answer" in done.stderr


NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)
BOTH = {"workflow", "activity"}


@pytest.mark.parametrize(
    ("kinds", "identity", "age", "missing"),
    [
        pytest.param(BOTH, "1@here", timedelta(seconds=61), set(), id="both heard"),
        pytest.param({"workflow"}, "1@here", timedelta(), {"activity"}, id="one kind only"),
        pytest.param(BOTH, "1@elsewhere", timedelta(), BOTH, id="other host"),
        pytest.param(BOTH, "1@here", timedelta(minutes=4), BOTH, id="long ago"),
        pytest.param(set(), "1@here", timedelta(), BOTH, id="nobody"),
    ],
)
def test_a_worker_is_silent_when_not_heard_lately_from_this_host(
    kinds: set[str], identity: str, age: timedelta, missing: set[str]
) -> None:
    pollers = [
        {"taskQueueType": kind, "identity": identity, "lastAccessTime": (NOW - age).isoformat()}
        for kind in kinds
    ]
    assert worker_health.silent(pollers, "here", NOW) == missing


def test_health_asks_for_the_queue_that_the_worker_polls() -> None:
    assert worker_health.TASK_QUEUE == ids.TASK_QUEUE


@pytest.mark.parametrize(("given", "opens"), [("its own", True), ("another", False)])
async def test_the_store_takes_its_password_from_outside_the_url(given: str, *, opens: bool) -> None:
    whole = shared_server().url("migrated")
    password = str(make_url(whole).password)
    program = "import sys; from lockstep.store.database import open_database; open_database(sys.argv[1])"
    done = await run(
        *(sys.executable, "-c", program, whole.replace(f":{password}@", "@")),
        PGPASSWORD=password if given == "its own" else given,
    )
    assert (done.returncode == 0) == opens, done.stderr
