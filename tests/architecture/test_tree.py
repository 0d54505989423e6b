"""What must hold of the tree as a whole: sizes, names that exist, words that may not stand in it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 40


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]  # a file may be deleted and not yet committed


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def text_files() -> list[Path]:
    return [path for path in tracked() if b"\0" not in path.read_bytes()[:8000]]


def found(pattern: str, paths: list[Path]) -> list[str]:
    """Each match as file:line: text."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(lines(path), 1)
        if re.search(pattern, line)
    ]


CODE = tracked("*.py")
PRODUCT = [
    path
    for path in tracked("lockstep/*.py", "workflows/*.py", "activities/*.py", "worker.py", "starter.py")
    if "versions" not in path.parts
]


def test_no_file_is_too_long_to_read() -> None:
    long = {path: len(lines(path)) for path in CODE if "versions" not in path.parts}
    assert not [f"{path}: {n}" for path, n in long.items() if n > MOST_LINES]


def test_no_function_is_too_long_to_read() -> None:
    functions = (
        (path, node)
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert not [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, node in functions
        if (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(^|[^A-Za-z0-9.])/(work|farm)" + "/", id="a path of one machine"),
        pytest.param("/tmp/" + "bash_jobs", id="a path of one job"),  # noqa: S108
        pytest.param(r"py" + r"pi\.org|pythonhosted" + r"\.org", id="an index of Python packages"),
        pytest.param(r"registry\." + "npmjs", id="an index of node packages"),
        pytest.param(r"deb\.debian" + r"\.org", id="a mirror of Debian"),
        pytest.param(r"Co-authored" + "-by", id="a trailer"),
    ],
)
def test_nothing_names_a_machine_or_an_index(pattern: str) -> None:
    assert not found(pattern, text_files())


@pytest.mark.parametrize("word", ["绝对" + "真实", "不可" + "篡改"])
def test_the_product_never_overstates_what_evidence_proves(word: str) -> None:
    shown = tracked("lockstep", "workflows", "activities", "policies", "templates", "content", "*.md")
    assert not found(word, [path for path in text_files() if path in set(shown)])


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b", id="unfinished"),
        pytest.param(r"# type: ignore(?!\[)", id="a type ignored without its code"),
        pytest.param(r"# noqa(?!: [A-Z])", id="a rule ignored without its name"),
        pytest.param(r"pragma: no " + "cover", id="a line kept from coverage"),
        pytest.param(r"mark\.(skip|xfail)\b", id="a test that is not run"),
        pytest.param(r"\bmock\.|import mock|unittest\." + "mock", id="a mock"),
    ],
)
def test_no_code_is_excused(pattern: str) -> None:
    here = Path(__file__)
    assert not found(pattern, [path for path in CODE if path != here])


def test_only_settings_reads_the_environment() -> None:
    # the language is spoken before settings are loaded; the stages hand all of it to their children
    names = ("settings.py", "cli/language.py", "demo/stage.py", "bench/stage.py")
    may = {ROOT / "lockstep" / name for name in names}
    others = [path for path in PRODUCT if path not in may]
    assert not found(r"\bos\.environ|\bgetenv\b|\bfrom os import environ", others)


def documents() -> list[Path]:
    return tracked("*.md")


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_a_document_names_only_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    quoted = re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", text)
    # what a run or the reader writes is not in the tree, and a time zone is no file
    theirs = (".lockstep/", ".venv/", "policies/service.yaml", "Asia/")
    named = {name for name in [*links, *quoted] if not name.startswith(theirs)}
    assert not [
        name for name in sorted(named) if not ((ROOT / name).exists() or (document.parent / name).exists())
    ]


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_a_document_names_only_targets_that_exist(document: Path) -> None:
    named = re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= make_targets()


def test_scripts_can_be_run() -> None:
    scripts = [path for path in tracked("scripts", ".ci/run", "deploy/*.sh") if path.suffix != ".py"]
    assert len(scripts) >= 6
    assert not [path for path in scripts if not path.stat().st_mode & 0o111]
    assert not [path for path in scripts if not path.read_bytes().startswith(b"#!/")]
