"""`lockstep status`: where a hire stands."""

import asyncio

from lockstep.cli.asking import answered
from lockstep.cli.find import find
from lockstep.cli.options import AsJson, Employee, Entity, Language
from lockstep.cli.output import Output
from lockstep.connection import connect
from lockstep.core.progress import Progress, details_table
from workflows.onboarding import OnboardingWorkflow


def status(
    employee: Employee, *, entity: Entity = "", as_json: AsJson = False, lang: Language = None
) -> None:
    """Show a hire's stages, courses, deadlines and what is due next."""
    out = Output(as_json=as_json, lang=lang)
    shown = asyncio.run(_progress(employee, entity))
    out.record(shown)
    out.markdown(details_table(shown, out.lang))


async def _progress(employee: str, entity: str) -> Progress:
    found = await find(await connect(), employee, entity)
    return await answered(found.query(OnboardingWorkflow.progress))
