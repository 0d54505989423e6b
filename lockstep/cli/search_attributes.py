"""`lockstep search-attributes`: what a namespace has to know, for whoever sets up a server."""

from lockstep.cli.options import AsJson, Language
from lockstep.cli.output import Output
from workflows.search_attributes import ALL


def search_attributes(*, as_json: AsJson = False, lang: Language = None) -> None:
    """Print name and type of each search attribute, parted by a tab."""
    out = Output(as_json=as_json, lang=lang)
    for key in ALL:
        kind = key.indexed_value_type.name.title().replace("_", "")
        out.record({"name": key.name, "type": kind})
        out.text(f"{key.name}\t{kind}")
