"""The jurisdictions we know. A jurisdiction that is not here is unknown, and deductions in it are refused.

Codes are ISO 3166-2, with CN-SZ for Shenzhen, whose special-zone rules differ from those of Guangdong.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from lockstep.core.base import Text
from lockstep.core.law.pack import Certainty, LawPack, Source

_NATIONAL = (
    Source(
        article="工资支付暂行规定 第15、16条",
        says=Text(
            zh="不得克扣工资；赔偿经济损失的扣除每月不超过当月工资的20%，余额不低于最低工资。"
            "考试不合格不是经济损失",
            en="No arbitrary deduction; compensation for loss takes at most 20 % of a month's pay and "
            "leaves the "
            "minimum wage. Failing an exam is not a loss",
        ),
        certainty=Certainty.HIGH,
    ),
    Source(
        article="劳部发〔1995〕226号",
        says=Text(
            zh="依法制定并经职代会通过的厂规厂纪可以规定扣除",
            en="Factory rules lawfully made and passed by the workers' congress may provide for deductions",
        ),
        certainty=Certainty.MEDIUM,
    ),
    Source(
        article="劳动合同法 第4条",
        says=Text(
            zh="涉及劳动报酬、培训的制度须经民主程序并公示或告知",
            en="Rules on pay and training need the democratic procedure and must be made known",
        ),
        certainty=Certainty.HIGH,
    ),
    Source(
        article="劳动合同法 第19、20条",
        says=Text(
            zh="试用期最长六个月；试用期工资不低于约定工资的80%，且不低于最低工资",
            en="Probation lasts six months at most; its pay is at least 80 % of the agreed wage and the "
            "minimum wage",
        ),
        certainty=Certainty.HIGH,
    ),
)


def _pack(
    code: str, title: Text, *local: Source, allows_deduction: bool, as_of: date = date(2026, 11, 23)
) -> LawPack:
    return LawPack(
        jurisdiction=code,
        title=title,
        allows_deduction=allows_deduction,
        monthly_cap_percent=Decimal(20),
        probation_floor_percent=Decimal(80),
        max_probation_months=6,
        sources=(*local, *_NATIONAL),
        as_of=as_of,
    )


def _no_local_rule(place: Text) -> Source:
    return Source(
        article="—",
        says=Text(
            zh=f"尚未收录{place.zh}的地方规定；由法务确认之前不允许扣工资",
            en=f"No local rule of {place.en} is on file; deductions stay refused until counsel has "
            f"confirmed one",
        ),
        certainty=Certainty.UNVERIFIED,
    )


_SHANGHAI, _BEIJING = Text(zh="上海", en="Shanghai"), Text(zh="北京", en="Beijing")
_PACKS = (
    _pack("CN", Text(zh="中国（全国规定）", en="China (national rules)"), allows_deduction=True),
    _pack(
        "CN-GD",
        Text(zh="广东", en="Guangdong"),
        Source(
            article="广东省劳动保障监察条例 第50条",
            says=Text(
                zh="规章制度无法律依据规定罚款或扣减工资的，责令改正；已实际扣减且拒不改正的，"
                "按每人2000至5000元处罚",
                en="Fines or deductions in company rules without a legal basis must be corrected; "
                "refusing to after "
                "having deducted costs RMB 2,000 to 5,000 a person",
            ),
            certainty=Certainty.MEDIUM,
        ),
        allows_deduction=False,
    ),
    _pack(
        "CN-SZ",
        Text(zh="深圳", en="Shenzhen"),
        Source(
            article="深圳市员工工资支付条例 第34条",
            says=Text(
                zh="可依规章制度给予经济处罚，须保留最低工资；条文现行有效性待核实",
                en="Penalties under company rules are possible and the minimum wage is kept; check the "
                "current text",
            ),
            certainty=Certainty.UNVERIFIED,
        ),
        allows_deduction=True,
    ),
    _pack(
        "CN-JS",
        Text(zh="江苏", en="Jiangsu"),
        Source(
            article="江苏省主管部门答复（转引）",
            says=Text(
                zh="依法制定的规章制度可规定扣减，不超过当月工资的20%，且不低于最低工资",
                en="Under lawful company rules at most 20 % of the month's pay, and never below the "
                "minimum wage "
                "(official reply, quoted at second hand)",
            ),
            certainty=Certainty.MEDIUM,
        ),
        allows_deduction=True,
    ),
    _pack("CN-SH", _SHANGHAI, _no_local_rule(_SHANGHAI), allows_deduction=False),
    _pack("CN-BJ", _BEIJING, _no_local_rule(_BEIJING), allows_deduction=False),
)

PACKS: Mapping[str, LawPack] = MappingProxyType({pack.jurisdiction: pack for pack in _PACKS})
"""All packs by jurisdiction. "*" is none of them."""
