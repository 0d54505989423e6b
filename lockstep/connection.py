"""Connecting to Temporal, and making sure its namespace knows our search attributes."""

from collections.abc import Iterable
from typing import Any

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.envconfig import ClientConfig

from lockstep.ports import Unavailable
from lockstep.temporal import plugin

_DEFAULT = "localhost:7233"  # the stock command line's own


async def connect(address: str = "") -> Client:
    """A client for the configured server (or `address`). Raises Unavailable with a sentence."""
    config = ClientConfig.load_client_connect_config()
    config["target_host"] = address or config.get("target_host", _DEFAULT)
    try:
        return await Client.connect(**config, plugins=[plugin()])
    except RuntimeError as error:
        raise Unavailable(
            f"No Temporal server answers at {config['target_host']}: "
            "start one with `lockstep server` or set TEMPORAL_ADDRESS",
            zh=f"{config['target_host']} 没有 Temporal 服务器应答："
            "用 lockstep server 启动一个，或设置 TEMPORAL_ADDRESS",
        ) from error


async def register(client: Client, keys: Iterable[SearchAttributeKey[Any]]) -> None:
    """Register what the namespace does not know yet; doing so again changes nothing."""
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    types = {
        key.name: IndexedValueType.ValueType(key.indexed_value_type)
        for key in keys
        if key.name not in known.custom_attributes
    }
    if types:
        request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=types)
        await client.operator_service.add_search_attributes(request)


async def retain(client: Client, days: int) -> None:
    """Keep closed workflows in the namespace for so many days (the dev server's own default is one)."""
    config = NamespaceConfig(workflow_execution_retention_ttl=Duration(seconds=days * 86_400))
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(namespace=client.namespace, config=config)
    )
