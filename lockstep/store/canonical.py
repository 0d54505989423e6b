"""One way to turn facts into bytes, so that a digest means the same everywhere and later."""

import hashlib
from collections.abc import Mapping, Sequence

import rfc8785

Plain = str | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""JSON without numbers: those are written as text, for JSON's are floats to many readers."""


def canonical(facts: Plain) -> bytes:
    """The facts as canonical JSON (RFC 8785), UTF-8."""
    return rfc8785.dumps(facts)


def digest(facts: Plain) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical(facts)).hexdigest()
