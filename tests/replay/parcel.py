"""A small workflow, before and after a change of what it does: with the patch, and as one may not do it."""

from datetime import timedelta

from temporalio import workflow

NAME = "parcel"
_DAY = timedelta(days=1)


@workflow.defn(name=NAME)
class ParcelBefore:
    """Waits a day. The history that is kept was made by this one."""

    @workflow.run
    async def run(self) -> str:
        """Wait."""
        await workflow.sleep(_DAY)
        return "delivered"


@workflow.defn(name=NAME)
class ParcelPatched:
    """Is weighed first, unless it set out before that was asked for."""

    @workflow.run
    async def run(self) -> str:
        """Weigh, then wait."""
        if workflow.patched("parcels-are-weighed"):
            await workflow.execute_activity("weigh", start_to_close_timeout=_DAY)
        await workflow.sleep(_DAY)
        return "delivered"


@workflow.defn(name=NAME)
class ParcelUnpatched:
    """Is weighed first, whenever it set out."""

    @workflow.run
    async def run(self) -> str:
        """Weigh, then wait."""
        await workflow.execute_activity("weigh", start_to_close_timeout=_DAY)
        await workflow.sleep(_DAY)
        return "delivered"
