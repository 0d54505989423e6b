"""A personnel file's bytes become text, or a sentence says why not and on which line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockstep.authoring.problems import Problem
from lockstep.intake.decode import _COMMON_ENOUGH, _is_common, decode
from lockstep.intake.faults import UnreadableFileError

ROOT = Path(__file__).parents[2]
TEXT = "工号,姓名,岗位\nE1,欧阳建国,operator\nE2,李秀英,welder\n"

CHINESE_NAMES = (
    "王建国 李秀英 张伟 刘洋 陈静 杨敏 赵磊 黄娜 周杰 吴芳 徐强 孙丽 马军 朱婷 胡涛 林超 郭玲 何平 高燕 "
    "罗勇 梁艳 宋辉 郑雪梅 谢娟 韩冰 唐霞 冯俊 董倩 程浩 曹颖 袁晗 邓昊 许琪 傅玥 沈梓涵 曾雨桐 彭欣怡 "
    "吕诗涵 苏沐宸 卢奕辰 蒋子轩 蔡浩然 贾一诺 丁宇轩 魏梓萱 薛佳琪 叶芷若 阎瑾瑜 余睿 潘玮"
)
TAIWANESE_TEXT = "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。"
TAIWANESE_HEADINGS = (
    "工號,姓名,手機,電子郵件,職位,公司,地區,雇用類型,合約日期,到職日期,月薪,直屬主管,語言,時區"
)
TAIWANESE_NAMES = (
    "陳怡君 林志豪 黃淑芬 張家豪 李美玲 王雅婷 吳俊傑 劉建宏 蔡佩珊 楊宗翰 許雅雯 鄭文雄 謝宜君 郭欣怡 "
    "洪志明 邱淑娟 曾國華 廖惠雯 賴冠宇 徐家瑜 周秀英 葉承恩 蘇怡婷 莊育誠 呂佳穎 江宗憲 何宜靜 蕭雅惠 "
    "羅志偉 高淑惠"
)
JAPANESE_TEXT = "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。"
JAPANESE_HEADINGS = "社員番号,氏名,携帯電話,メール,職種,会社,地域,雇用形態,契約日,入社日,月給,上司,言語"
JAPANESE_NAMES = (
    "佐藤太郎 鈴木花子 高橋健一 田中美咲 伊藤翔太 渡辺直樹 山本由美 中村大輔 小林恵 加藤誠 斎藤さくら"
)
# only words whose accented letters take a plain one with them: GBK can be read of nothing else
LATIN_NAMES = "Müller,Jörg Günther,Björn Sjöberg,Iñigo Núñez,Noël Léa,François Renée,Über Größe,Öztürk Çelik,"

UTF16 = (
    "file.encoding",
    "文件是 UTF-16 编码；请另存为“CSV UTF-8”",
    "The file is in UTF-16; save it as CSV UTF-8",
)
NOT_TEXT = (
    "file.encoding",
    "文件既不是 UTF-8 也不是 GBK 文本；请另存为“CSV UTF-8”",
    "The file is neither UTF-8 nor GBK text; save it as CSV UTF-8",
)
LOST = (
    "file.lost_character",
    "这一行有已经丢失的字（�），是以前转换编码时弄丢的；请从原表重新导出为“CSV UTF-8”",
    "This line holds a lost character (�) from an earlier change of encoding; export again as CSV UTF-8",
)


def control(code: str) -> tuple[str, str, str]:
    return (
        "file.control_character",
        f"这一行有看不见的控制字符（{code}）；请删掉后重新输入这一行",
        f"This line holds an invisible control character ({code}); delete and retype the line",
    )


def refused(raw: bytes) -> Problem:
    with pytest.raises(UnreadableFileError) as caught:
        decode(raw)
    [problem] = caught.value.problems
    return problem


def share(raw: bytes) -> float:
    """Which part of the signs beyond ASCII is common when the bytes are read as GBK."""
    foreign = [char for char in raw.decode("gb18030") if char > "\x7f"]
    return sum(map(_is_common, foreign)) / len(foreign)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_chinese_offices_save_is_read(encoding: str, ending: str) -> None:
    text = TEXT.replace("\n", ending)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("sign", ["𠮷", "㐂", "𬭊", "ễ", "ọ̀", "·", "€", "ü"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_rare_sign_in_a_name_is_kept(sign: str, encoding: str) -> None:
    text = TEXT.replace("建国", sign)
    assert decode(text.encode(encoding)) == text


def test_four_bytes_of_gb18030_are_one_sign() -> None:
    assert "𠮷".encode("gb18030") == b"\x95\x34\xb2\x35", "what this test is about"
    assert decode(TEXT.encode("gbk") + b"E3,\x95\x34\xb2\x35,welder\n") == TEXT + "E3,𠮷,welder\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_example_is_read_in_each_encoding(encoding: str) -> None:
    text = (ROOT / "examples" / "hires.csv").read_text(encoding="utf-8")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf"])
def test_nothing_is_no_fault_of_encoding(raw: bytes) -> None:
    assert decode(raw) == ""


REFUSED = [
    pytest.param(TEXT.encode("utf-16"), 1, UTF16, id="UTF-16 as Excel saves Unicode text"),
    pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), 1, UTF16, id="UTF-16 big-endian"),
    pytest.param(TEXT.encode("utf-32"), 1, UTF16, id="UTF-32"),
    pytest.param(b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"), 1, UTF16, id="UTF-32 big-endian"),
    pytest.param("a,b\nc".encode("utf-16-le"), 1, control("U+0000"), id="UTF-16 without its mark"),
    pytest.param(b"\x89PNG\r\n\x1a\n\xff\xff", 1, NOT_TEXT, id="a picture"),
    pytest.param(b"%PDF-1.7\n%\xff\xff\xff\xff\n", 2, NOT_TEXT, id="a PDF"),
    pytest.param(b"a,b\nc,\xff\n", 2, NOT_TEXT, id="no encoding has this byte"),
    pytest.param(TEXT.encode() + b"E3,\xe5\xbc", 4, NOT_TEXT, id="UTF-8 broken off"),
    pytest.param(TEXT.encode() + "E3,李,x\n".encode("gbk"), 4, NOT_TEXT, id="UTF-8 with a line of GBK"),
    pytest.param(TEXT.encode("gbk") + b"E3,\xc0", 1, NOT_TEXT, id="GBK broken off"),
    pytest.param(b"id,name\nE1," + "José,x\n".encode("latin-1"), 2, NOT_TEXT, id="Latin-1"),
    pytest.param(TAIWANESE_HEADINGS.encode("big5"), 1, NOT_TEXT, id="Big5"),
    pytest.param(JAPANESE_HEADINGS.encode("shift_jis"), 1, NOT_TEXT, id="Shift_JIS"),
    pytest.param(b"a,b\nc\x00,d\n", 2, control("U+0000"), id="NUL"),
    pytest.param(b"a,b\r\nc,\x07d\r\n", 2, control("U+0007"), id="bell, lines of Windows"),
    pytest.param(b"a,b\rc,d\re\x0b,f", 3, control("U+000B"), id="vertical tab, lines of old Macs"),
    pytest.param(b"a\x7f,b\n", 1, control("U+007F"), id="delete"),
    pytest.param("工号\x1b\n".encode("gbk"), 1, control("U+001B"), id="escape in GBK"),
    pytest.param("工号,姓名\nE1,王\n\nE2,李�\n".encode(), 4, LOST, id="lost character"),
    pytest.param((TEXT + "E3,�,x\n").encode("gb18030"), 4, LOST, id="lost character in GBK"),
]


@pytest.mark.parametrize(("raw", "line", "said"), REFUSED)
def test_what_is_no_such_text_is_refused_with_its_line(raw: bytes, line: int, said: tuple[str, ...]) -> None:
    problem = refused(raw)
    assert (problem.code, problem.zh, problem.en) == said
    assert (problem.line, problem.is_error) == (line, True)


@pytest.mark.parametrize("char", ["\t", "\n", "\r", " ", "~"])
def test_what_stands_in_every_file_is_no_control_character(char: str) -> None:
    assert decode(f"a{char}b".encode()) == f"a{char}b"


def chinese_of_the_tree() -> str:
    files = [*ROOT.glob("content/**/*.zh.md"), *ROOT.glob("policies/*.md"), *ROOT.glob("examples/*.csv")]
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(files))
    assert len([char for char in text if char > "\x7f"]) > 5000, "too little to measure"
    return text


def test_of_real_chinese_text_in_gbk_nearly_every_sign_is_common() -> None:
    assert share(chinese_of_the_tree().encode("gb18030")) > 0.95


def test_of_names_alone_in_gbk_far_more_are_common_than_are_asked_for() -> None:
    assert share(CHINESE_NAMES.encode("gbk")) > 0.8 > _COMMON_ENOUGH == 0.6


FOREIGN = [
    pytest.param(TAIWANESE_TEXT.encode("big5"), 0.2, id="Big5 text"),
    pytest.param(TAIWANESE_HEADINGS.encode("big5"), 0.35, id="Big5 headings"),
    pytest.param(TAIWANESE_NAMES.encode("big5"), 0.35, id="Big5 names"),
    pytest.param(JAPANESE_TEXT.encode("shift_jis"), 0.1, id="Shift_JIS text"),
    pytest.param(JAPANESE_HEADINGS.encode("shift_jis"), 0.1, id="Shift_JIS headings"),
    pytest.param(JAPANESE_NAMES.encode("shift_jis"), 0.1, id="Shift_JIS names"),
    pytest.param(LATIN_NAMES.encode("latin-1"), 0.1, id="Latin-1"),
]


@pytest.mark.parametrize(("raw", "most"), FOREIGN)
def test_of_other_encodings_read_as_gbk_few_signs_are_common(raw: bytes, most: float) -> None:
    assert share(raw) <= most < _COMMON_ENOUGH
    assert refused(b"employee_id,name\nE1," + raw).line == 2


def test_utf8_read_as_gbk_is_never_taken_for_it() -> None:
    lines = [line for line in chinese_of_the_tree().splitlines() if len(line) > 10]
    shares = []
    for line in lines:
        try:
            shares.append(share(line.encode()))
        except (UnicodeDecodeError, ZeroDivisionError):
            continue  # not even readable as GBK, or plain ASCII
    assert len(shares) > 20
    assert max(shares) < _COMMON_ENOUGH


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_sentence(raw: bytes) -> None:
    try:
        text = decode(raw)
    except UnreadableFileError as unreadable:
        [problem] = unreadable.problems
        assert 1 <= problem.line <= len(raw.splitlines()) + 1
    else:
        assert text in (raw.decode("utf-8-sig", "ignore"), raw.decode("gb18030", "ignore"))


@given(st.text(st.characters(codec="utf-8", min_codepoint=0x20, exclude_characters="\x7f\ufffd\ufeff")))
def test_utf8_is_never_altered(text: str) -> None:
    assert decode(text.encode()) == text
