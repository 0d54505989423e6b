"""The certificate as poppler and Python's own tools read it back, from real fonts."""

import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given, settings
from hypothesis import strategies as st

from lockstep.adapters.render.certificate import CertificateRenderer, CertificateSettings
from lockstep.adapters.render.fonts import Library
from lockstep.ports import CertificateFacts, CertificateLine, Misconfigured, Rejected

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "certificates"
RENDERER = CertificateRenderer(CertificateSettings(folder=TEMPLATES))
LONG_NAME = "Maximilian-Alexander Freiherr von Wolfeschlegelsteinhausen-Łukaszewicz de la Peña y Işık"
TITLES = (
    ("企业文化", "Corporate culture"),
    ("职场礼仪", "Workplace etiquette"),
    ("岗位技能", "Post skills"),
    ("厂级安全教育", "Safety training, plant level"),
    ("车间级安全教育", "Safety training, workshop level"),
    ("班组级安全教育", "Safety training, team level"),
    ("叉车安全操作规程与现场应急处置", "Forklift: safe operation and emergency response on site"),
    ("信息安全与个人信息保护", "Information security and the protection of personal information"),
)


def facts(courses: int = 3, **changes: object) -> CertificateFacts:
    lines = tuple(
        CertificateLine(
            title_zh=TITLES[i % len(TITLES)][0],
            title_en=TITLES[i % len(TITLES)][1],
            passed_on=date(2026, 11, 3 + i % 20),
            score=Decimal(80 + i % 20),
            hours=Decimal("1.5") * (i + 1),
        )
        for i in range(courses)
    )
    plain = CertificateFacts(
        number="LS-2026-SH-000127",
        template="standard",
        employee_id="E10086",
        name="王小芳",
        entity_name="上海远航精密制造有限公司",
        title_zh="培训合格证书",
        title_en="Certificate of Completed Training",
        post="数控操作工",
        courses=lines,
        issued_on=date(2026, 11, 23),
        valid_until=date(2027, 11, 22),
        policy_id="manufacturing",
        policy_version="2026.11",
        policy_hash="sha256:9f2c7a1e44b0d3c58a6be01f7ddc9a20b1f6",
    )
    return plain.model_copy(update=changes)


def poppler(tool: str, pdf: bytes, *arguments: str) -> str:
    out = ["-"] if tool == "pdftotext" else []
    done = subprocess.run([tool, *arguments, "-", *out], input=pdf, capture_output=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout.decode()


def read_back(pdf: bytes) -> str:
    return poppler("pdftotext", pdf, "-raw")


def test_it_says_everything_it_was_told() -> None:
    told = facts(8)
    text = read_back(RENDERER.render(told))
    expected = [told.number, told.employee_id, told.name, told.entity_name, told.title_zh, told.post]
    expected += [
        told.title_en.upper(),
        "2026-11-23",
        "2027-11-22",
        "manufacturing · 2026.11",
        "9f2c7a1e44b0d3c5",
    ]
    expected += [part for line in told.courses for part in (line.title_zh, line.title_en, str(line.score))]
    expected += ["员工签名", "单位盖章", "未签名 · unsigned"]
    assert not [part for part in expected if part not in text]
    assert text.count("未签名 · unsigned") == 2


@pytest.mark.parametrize(
    "name", ["王小芳", "欧阳𠮷㐂䶮", "阿卜杜拉·买买提", "Łukasz Işık", "Nguyễn Thị Hòa", "Αλέξης Жуков"]
)
def test_every_name_is_found_by_searching_for_it(name: str) -> None:
    assert name in read_back(RENDERER.render(facts(1, name=name)))


def test_a_name_typed_with_separate_accents_is_printed_with_whole_letters() -> None:
    typed = unicodedata.normalize("NFD", "Nguyễn Zoë")
    assert "Nguyễn Zoë" in read_back(RENDERER.render(facts(1, name=typed)))


@pytest.mark.parametrize("courses", [1, 8, 9, 30])
def test_no_course_is_lost_however_many(courses: int) -> None:
    pdf = RENDERER.render(facts(courses, name=LONG_NAME))
    text = read_back(pdf)
    assert [n for n in range(1, courses + 1) if f"2026-11-{3 + (n - 1) % 20:02d}" not in text] == []
    numbers = re.findall(r"^(\d+) ", text, flags=re.MULTILINE)
    assert set(map(str, range(1, courses + 1))) <= set(numbers)
    assert len(pdf) <= 60_000


def test_every_font_is_embedded_as_a_subset_with_its_unicode_map() -> None:
    rows = poppler("pdffonts", RENDERER.render(facts(8, name="欧阳𠮷㐂䶮"))).splitlines()[2:]
    names = [row.split()[0] for row in rows]
    assert [re.search(r"(yes) (yes) (yes)", re.sub(r" +", " ", row)) is not None for row in rows] == [
        True
    ] * 4
    assert all(re.match(r"[A-Z]{6}\+Lockstep", name) for name in names), names


def test_nothing_is_drawn_outside_the_frame(tmp_path: Path) -> None:
    worst = facts(
        8,
        name=LONG_NAME * 2,
        entity_name="中国自由贸易试验区远航智能制造集团股份有限公司" * 3,
        post="工程师" * 20,
    )
    worst = worst.model_copy(
        update={"courses": tuple(line.model_copy(update={"title_zh": "安全" * 40}) for line in worst.courses)}
    )
    boxes = poppler("pdftotext", RENDERER.render(worst), "-bbox")
    found = [
        tuple(map(float, box))
        for box in re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', boxes)
    ]
    assert len(found) > 50
    assert not [box for box in found if box[0] < 42 or box[1] < 42 or box[2] > 842 - 42 or box[3] > 595 - 42]


def test_the_words_that_overstate_are_not_on_it() -> None:
    text = read_back(RENDERER.render(facts(30)))
    assert not [word for word in ("绝对真实", "不可篡改") if word in text]


def test_scores_and_hours_have_columns_only_where_some_course_has_them() -> None:
    bare = facts(2)
    lines = tuple(line.model_copy(update={"score": None, "hours": None}) for line in bare.courses)
    text = read_back(RENDERER.render(bare.model_copy(update={"courses": lines})))
    assert "Score" not in text
    assert "Hours" not in text
    assert "Score" in read_back(RENDERER.render(bare))


def test_a_certificate_without_end_says_so() -> None:
    assert "长期 No expiry" in read_back(RENDERER.render(facts(1, valid_until=None)))


def test_other_facts_are_another_document_after_the_first() -> None:
    first = RENDERER.render(facts(1, name="王小芳"))
    assert "欧阳锋" in read_back(RENDERER.render(facts(1, name="欧阳锋")))
    assert RENDERER.render(facts(1, name="王小芳")) == first


RENDER_ONCE = """
import hashlib, sys
sys.path[:0] = sys.argv[1:3]
from test_render_certificate import RENDERER, facts
print(hashlib.sha256(RENDERER.render(facts(8, name='欧阳𠮷㐂䶮'))).hexdigest())
"""


@pytest.mark.slow
def test_the_same_facts_are_the_same_bytes_in_every_process_at_every_time() -> None:
    def digest(seed: str, zone: str, **more: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, **more}
        command = [sys.executable, "-c", RENDER_ONCE, str(ROOT), str(Path(__file__).parent)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    digests = {
        digest("0", "UTC"),
        digest("1", "Asia/Shanghai", SOURCE_DATE_EPOCH="1700000000"),
        digest("77", "America/New_York", SOURCE_DATE_EPOCH="1"),
    }
    assert len(digests) == 1


@pytest.mark.slow
def test_threads_draw_side_by_side_without_mixing_their_characters() -> None:
    names = ["王小芳", "欧阳锋", "𠮷田", "Łukasz", "阿卜杜拉·买买提", "李雷"]
    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda name: RENDERER.render(facts(1, name=name)), names))
    assert [name for name, page in zip(names, pages, strict=True) if name not in read_back(page)] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"name": "王\U0002a6a5"},
            r"certificate, name: '\U0002a6a5' \(U\+2A6A5\) is in no installed font.*extra_fonts",
        ),
        ({"name": "محمد"}, r"name: 'م' \(U\+0645\) is of a script .* passport's Latin line"),
        ({"name": "नरेन्द्र"}, r"name: 'न' \(U\+0928\) is of a script"),
        ({"name": "王\u200b芳"}, r"name: U\+200B is not a printable character: HR must correct"),
        ({"post": "司机\ue000"}, r"post: U\+E000 is not a printable character"),
        ({"name": "A\ufe0f"}, r"name: '\ufe0f' \(U\+FE0F\) is of a script"),
    ],
)
def test_a_character_that_cannot_be_drawn_is_named_and_nothing_is_rendered(
    change: dict[str, str], said: str
) -> None:
    with pytest.raises(Rejected, match=said):
        RENDERER.render(facts(1, **change))


def test_a_refusal_names_the_course_but_never_the_whole_name() -> None:
    lines = facts(2).courses
    broken = (lines[0], lines[1].model_copy(update={"title_zh": "安\U0002a6a5全"}))
    with pytest.raises(Rejected, match="certificate, course 2, title_zh: ") as refusal:
        RENDERER.render(facts(2).model_copy(update={"courses": broken}))
    assert "王小芳" not in str(refusal.value)


def one_glyph_font(path: Path, char: str) -> Path:
    pen = TTGlyphPen(None)
    for x, y in ((100, 0), (100, 800), (900, 800), (900, 0)):
        (pen.lineTo if pen.points else pen.moveTo)((x, y))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", "rare"])
    builder.setupCharacterMap({32: "space", ord(char): "rare"})
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "space": empty, "rare": box})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "space": (500, 0), "rare": (1000, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    builder.setupPost()
    builder.save(path)
    return path


def test_a_font_file_of_the_operator_draws_what_ours_cannot(tmp_path: Path) -> None:
    font = one_glyph_font(tmp_path / "rare.ttf", "\U0002a6a5")
    renderer = CertificateRenderer(CertificateSettings(folder=TEMPLATES, extra_fonts=(font,)))
    pdf = renderer.render(facts(1, name="王\U0002a6a5"))
    assert "王\U0002a6a5" in read_back(pdf)
    assert "LockstepExtra0" in poppler("pdffonts", pdf)


@pytest.mark.parametrize("content", [None, b"not a font"], ids=["missing", "damaged"])
def test_a_font_file_that_cannot_be_read_is_the_operators_to_mend(
    tmp_path: Path, content: bytes | None
) -> None:
    font = tmp_path / "rare.ttf"
    if content is not None:
        font.write_bytes(content)
    renderer = CertificateRenderer(CertificateSettings(folder=TEMPLATES, extra_fonts=(font,)))
    with pytest.raises(Misconfigured, match=r"font file rare\.ttf cannot be read .*`extra_fonts`"):
        renderer.render(facts(1, name="王\U0002a6a5"))


GOOD = (TEMPLATES / "standard" / "certificate.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("elsewhere", GOOD, "templates/certificates/elsewhere/certificate.toml does not exist: HR must"),
        ("../standard", GOOD, "does not exist"),
        (
            "own",
            GOOD.replace("$entity", "$salary"),
            r"own/certificate.toml: text.body_zh: .*may name only \$employee_id, \$entity, \$post",
        ),
        ("own", GOOD.replace("lead_zh", "led_zh"), r"own/certificate.toml: text.lead_zh: Field required"),
        ("own", GOOD.replace("#8c1f1f", "red"), r"own/certificate.toml: colours.accent: "),
        ("own", "[text", r"own/certificate.toml is not TOML in UTF-8"),
    ],
)
def test_a_template_that_is_missing_or_wrong_is_named(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "certificate.toml").write_text(content, encoding="utf-8")
    with pytest.raises(Misconfigured, match=said):
        CertificateRenderer(CertificateSettings(folder=tmp_path)).render(facts(1, template=name))


def test_a_company_with_a_dollar_in_its_name_is_printed_as_it_is() -> None:
    assert "A$post$$公司" in read_back(RENDERER.render(facts(1, entity_name="A$post$$公司")))


LIBRARY = Library()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=12))
def test_any_text_is_either_drawn_whole_or_refused(text: str) -> None:
    try:
        printable = LIBRARY.printable(text, "name")
    except Rejected:
        return
    for style in ("serif", "sans"):
        assert "".join(piece for _, piece in LIBRARY.runs(printable, style)) == printable
