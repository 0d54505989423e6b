import time
from pathlib import Path

import pytest

from lockstep.authoring.load import load, load_bytes
from lockstep.authoring.yaml_text import MAX_BYTES, read
from lockstep.core.base import Lang

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join('*' + chr(97 + i) for _ in range(9))}]\n" for i in range(9)
)
BAD = [
    pytest.param(BOMB, "yaml.anchor", 1, id="a bomb of aliases"),
    pytest.param("a: 1\nb: *nobody\n", "yaml.anchor", 2, id="an alias"),
    pytest.param("a: 1\nb: &here 2\n", "yaml.anchor", 2, id="an anchor"),
    pytest.param("a: 1\nb: !!python/object:os.system x\n", "yaml.tag", 2, id="a tag that would run code"),
    pytest.param("a: !x {}\n", "yaml.tag", 1, id="a tag on a section"),
    pytest.param("a: " + "[" * 50_000, "yaml.too_deep", 1, id="fifty thousand brackets"),
    pytest.param("- " * 60_000, "yaml.too_deep", 1, id="sixty thousand dashes"),
    pytest.param("a: [" + "1, " * 30_000 + "]", "yaml.too_many", 1, id="thirty thousand items"),
    pytest.param("x" * (MAX_BYTES + 1), "file.too_big", 1, id="a huge file"),
    pytest.param("a: 1\n\tb: 2\n", "yaml.syntax", 2, id="a tab"),
    pytest.param("a: 1\nb: 2\na: 3\n", "yaml.duplicate_key", 3, id="a key twice"),
    pytest.param("a: 1\nb: x\x00y\n", "file.control_character", 2, id="a NUL byte"),
    pytest.param("", "file.empty", 1, id="an empty file"),
    pytest.param("# only a comment\n", "file.empty", 1, id="only a comment"),
    pytest.param("- a\n- b\n", "file.not_policy", 1, id="a list"),
    pytest.param("hello", "file.not_policy", 1, id="a word"),
    pytest.param("id: 技术\n".encode("gbk"), "file.encoding", 1, id="GBK"),
    pytest.param(
        "id: tech\ntitle: 技术\n".encode("gb18030"), "file.encoding", 2, id="GBK on the second line"
    ),
    pytest.param("id: tech".encode("utf-16"), "file.encoding", 1, id="UTF-16"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\xff\xff", "file.encoding", 1, id="a picture"),
    pytest.param("a: 1\n---\nb: 2\n", "yaml.documents", 2, id="two documents"),
    pytest.param("a: {b: 1\n", "yaml.syntax", 1, id="an open brace"),
    pytest.param("a: [1, 2\nb: 3\n", "yaml.syntax", 1, id="an open bracket"),
    pytest.param("a: 'x\nb: 1\n", "yaml.syntax", 1, id="an open quotation mark"),
    pytest.param("title：技术\nid: a\n", "yaml.syntax", 1, id="a full-width colon"),
    pytest.param("? [a]\n: 1\n", "yaml.key", 1, id="a list as a key"),
    pytest.param("a: @x\n", "yaml.syntax", 1, id="an at sign"),
    pytest.param("a: 1\n b: 2\n", "yaml.syntax", 2, id="crooked indentation"),
    pytest.param("a: - b\n", "yaml.syntax", 1, id="a dash beside its key"),
    pytest.param("%YAML 9.9\n---\na: 1\n", "yaml.syntax", 1, id="a YAML of the future"),
]


@pytest.mark.parametrize(("text", "code", "line"), BAD)
def test_a_bad_file_gets_one_sentence_with_its_line_at_once(text: str | bytes, code: str, line: int):
    raw = text.encode() if isinstance(text, str) else text
    began = time.perf_counter()
    loaded = load_bytes(raw, "policies/bad.yaml")
    assert time.perf_counter() - began < 1
    assert loaded.policy is None
    about = next(problem for problem in loaded.problems if problem.code == code)
    assert about.line == line
    assert about.text(Lang.EN).startswith(f"policies/bad.yaml:{line}: error: ")
    assert about.text(Lang.ZH).startswith(f"policies/bad.yaml:{line}: 错误：")


def test_a_hint_names_the_full_width_colon():
    (found,) = read("title：技术\nid: a\n".encode()).problems
    assert found.line == 1
    assert "全角冒号" in found.zh
    assert "full-width colon" in found.en


def test_a_missing_file_is_a_sentence_too(tmp_path: Path):
    (problem,) = load(tmp_path / "nowhere.yaml").problems
    assert problem.code == "file.unreadable"


def test_a_folder_instead_of_a_file_is_a_sentence_too(tmp_path: Path):
    (problem,) = load(tmp_path).problems
    assert problem.code == "file.unreadable"


def test_nothing_is_guessed_from_how_a_word_looks():
    tree = read(b"a: 21:00\nb: on\nc: 0x10\nd: 1.10\ne: ~\nf: '~'\ng: 2026-11-23\nh: 1_000\n")
    values = ["21:00", "on", "0x10", "1.10", None, "~", "2026-11-23", "1_000"]
    assert tree.root == dict(zip("abcdefgh", values, strict=True))


def test_the_first_of_two_equal_keys_counts_with_everything_in_it():
    tree = read(b"a: {x: 1}\na: {x: 2, y: [3]}\nb: 4\n")
    assert tree.root == {"a": {"x": "1"}, "b": "4"}


def test_every_node_has_the_line_it_begins_on():
    tree = read(b"a:\n  - b: 1\n    c:\n      d: 2\n  - e\n")
    assert tree.lines[("a",)] == 1
    assert tree.lines[("a", 0)] == 2
    assert tree.lines[("a", 0, "c", "d")] == 4
    assert tree.lines[("a", 1)] == 5


def test_a_byte_order_mark_of_utf_8_does_no_harm():
    assert read(b"\xef\xbb\xbfa: 1\n").root == {"a": "1"}
