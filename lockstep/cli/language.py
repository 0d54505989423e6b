"""The language we answer the terminal in: `--lang` where given, else the terminal's own locale."""

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lockstep.core.base import Lang

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language, before any command has parsed its options: help and usage errors need it too."""
    for word, following in pairwise((*arguments, "")):
        given = following if word == "--lang" else word.removeprefix("--lang=")
        if given in tuple(Lang):
            return Lang(given)
    # the locale belongs to the terminal, so it is no setting of ours
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return Lang.ZH if locale.casefold().startswith("zh") else Lang.EN


LANGUAGE = language(sys.argv[1:], os.environ)


def say(zh: str, en: str) -> str:
    """The phrase in the terminal's language."""
    return zh if LANGUAGE is Lang.ZH else en
