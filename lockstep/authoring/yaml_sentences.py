"""What we say about a text that is not the YAML we read. The parser's complaints become HR's words."""

import re

import yaml

from lockstep.authoring.problems import Problem, Sentence

TOO_BIG = Sentence(
    "file.too_big",
    "文件超过 {limit} KB 上限；请拆成几个制度文件",
    "The file is over the limit of {limit} KB; split it into several policies",
)
UTF16 = Sentence(
    "file.encoding",
    "文件是 UTF-16 编码；请在编辑器里“另存为” UTF-8",
    "The file is in UTF-16; save it as UTF-8 in your editor",
)
GBK = Sentence(
    "file.encoding",
    "文件像是 GBK 编码；请在编辑器里“另存为” UTF-8",
    "The file looks like GBK; save it as UTF-8 in your editor",
)
NOT_TEXT = Sentence(
    "file.encoding",
    "文件不是 UTF-8 文本；请检查是不是选错了文件",
    "The file is not UTF-8 text; check that it is the right file",
)
CONTROL_CHARACTER = Sentence(
    "file.control_character",
    "这一行有看不见的控制字符；请删掉后重新输入这一行",
    "This line holds an invisible control character; delete and retype the line",
)
SECOND_DOCUMENT = Sentence(
    "yaml.documents",
    "一个文件只能写一份内容；请删掉多余的 ---",
    "One file holds one document; remove the extra ---",
)
TOO_MANY = Sentence(
    "yaml.too_many",
    "内容超过 {limit} 项；请拆成几个文件",
    "More than {limit} entries; split the file into several",
)
TOO_DEEP = Sentence(
    "yaml.too_deep",
    "嵌套超过 {limit} 层；请检查缩进和括号",
    "Nested more than {limit} levels deep; check indentation and brackets",
)
ANCHOR = Sentence(
    "yaml.anchor",
    "这里不能用 & 和 * 引用；请把内容完整写出来",
    "Anchors (&) and aliases (*) are not allowed; write the content out",
)
TAG = Sentence(
    "yaml.tag",
    "这里不能用类型标记 {tag}；请删掉它",
    "Tags such as {tag} are not allowed; remove it",
)
KEY_NOT_A_WORD = Sentence(
    "yaml.key",
    "冒号前面应当是一个词，不能是列表或另一段内容",
    "What stands before the colon must be a word, not a list or a section",
)
DUPLICATE_KEY = Sentence(
    "yaml.duplicate_key",
    "{key} 写了两次（第 {first} 行已经有了）；请只留一处",
    "{key} is written twice (first on line {first}); keep only one",
)
SYNTAX = Sentence("yaml.syntax", "{zh}", "{en}")

_NOT_YAML = (
    "这里不是正确的 YAML；请检查缩进、冒号和引号",
    "This is not YAML; check indentation, colons and quotes",
)
_COMPLAINTS: tuple[tuple[str, str, str], ...] = (
    (
        r"tab character|found character '\\t'",
        "缩进里有制表符（Tab）；请改成空格",
        "There is a tab in the indentation; use spaces",
    ),
    (
        "unexpected end of stream",
        "引号没有配对；请补上收尾的引号",
        "A quotation mark is not closed; add the closing one",
    ),
    (
        r"expected ',' or '\]'",
        "方括号 [ ] 没有配对，或中间少了逗号",
        "The brackets [ ] are not closed, or a comma is missing between them",
    ),
    (
        "expected ',' or '}'",
        "花括号 { } 没有配对，或中间少了逗号",
        "The braces { } are not closed, or a comma is missing between them",
    ),
    (
        "cannot start any token",
        "这里有不能直接写的符号（如 @ % `）；请给整个值加上引号",
        "A character that needs quotes stands here (such as @ % `); put the whole value in quotes",
    ),
    (
        "mapping values are not allowed",
        "缩进不对齐，或一行里写了两个冒号；请对齐缩进，含冒号的文字请加引号",
        "The indentation does not line up, or the line has two colons; align it and quote texts with a colon",
    ),
    (
        "block sequence entries are not allowed",
        "列表的 - 请另起一行写，并缩进对齐",
        "Start a list item (-) on a line of its own and align it",
    ),
    (
        "expected '-' indicator|expected key",
        "这一行的缩进与上面不一致；请对齐",
        "The indentation of this line does not fit the lines above; align it",
    ),
    (
        "could not find expected ':'",
        "这里少了冒号，或冒号后面少了空格",
        "A colon is missing here, or the space after it",
    ),
)
_HINTS: tuple[tuple[str, str, str], ...] = (
    (
        r"^\s*(- )?[A-Za-z_]+：",
        "这一行用了全角冒号“：”，应写成半角冒号加空格",
        "the line has a full-width colon, write a plain colon and a space",
    ),
    (r"^\s*(- )?[a-z_]+:[^\s]", "冒号后面要有一个空格", "a space must follow the colon"),
    (r":\s*[“‘]", "请用半角引号", "use straight quotation marks"),
)


def syntax_problem(broken: yaml.YAMLError, text: str) -> Problem:
    """The sentence for a text that is not YAML, at the line that needs mending."""
    line = _line(broken)
    zh, en = _first(_COMPLAINTS, str(getattr(broken, "problem", None) or "")) or _NOT_YAML
    lines = ["", *text.split("\n"), ""]
    # the parser often notices only on the next line what was wrong on the one before
    for number in (line, line - 1):
        hint = _first(_HINTS, lines[number])
        if hint:
            return SYNTAX.at(line=number, zh=f"{zh}；{hint[0]}", en=f"{en}; {hint[1]}")
    return SYNTAX.at(line=line, zh=zh, en=en)


def _line(broken: yaml.YAMLError) -> int:
    context = str(getattr(broken, "context", None) or "")
    # of what was opened and never closed, the opening is what HR must look at
    opened = "flow" in context or "quoted" in context
    mark = getattr(broken, "context_mark" if opened else "problem_mark", None)
    return int(mark.line) + 1 if mark is not None else 1


def _first(table: tuple[tuple[str, str, str], ...], text: str) -> tuple[str, str] | None:
    return next(((zh, en) for pattern, zh, en in table if re.search(pattern, text)), None)
