"""What may stand in a cell of each column. Each takes the text and gives it in one fixed form."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from lockstep.core.base import Lang
from lockstep.core.zones import zone
from lockstep.intake import sentences as say
from lockstep.intake.faults import WrongValueError

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ROLE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_CHINESE_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")
_FOREIGN_PHONE = re.compile(r"(?:\+|00)(?!86)([1-9][0-9]{6,14})")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[^@\s.,;<>\"]{1,63}\.)+[^@\s.,;<>\"]{2,63}")
_WECOM = re.compile(r"[A-Za-z0-9._@-]{1,64}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00?:00(?::00)?)?")
_DATE_8 = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DATE_UNCLEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_MONEY = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
# also the full-width signs, which a Chinese or Japanese Excel takes for the same
_STARTS_A_FORMULA = tuple("=+-@＝＋－＠")
_LONGEST_NAME = 100
_MOST_YUAN = Decimal(10_000_000)
_LANGUAGES = {
    "zh": Lang.ZH, "zhcn": Lang.ZH, "中文": Lang.ZH, "汉语": Lang.ZH, "chinese": Lang.ZH,
    "en": Lang.EN, "enus": Lang.EN, "engb": Lang.EN, "英文": Lang.EN, "英语": Lang.EN, "english": Lang.EN,
}  # fmt: skip
_EMPLOYMENT = {
    "全职": "full_time",
    "兼职": "part_time",
    "实习": "intern",
    "劳务派遣": "dispatched",
    "派遣": "dispatched",
    "外包": "contractor",
}
_ROLES = {
    "人事": "hr",
    "人力资源": "hr",
    "安全员": "safety_officer",
    "安全主管": "safety_officer",
    "培训负责人": "trainer",
}


def identifier(text: str) -> str:
    """An id of another system: it becomes part of workflow ids."""
    if not _ID.fullmatch(text):
        raise WrongValueError(say.BAD_ID)
    return text


def employment(text: str) -> str:
    """An employment type, with the usual Chinese words for it."""
    return identifier(_EMPLOYMENT.get(text, text))


def role(text: str) -> str:
    """A role as policies name it."""
    named = _ROLES.get(text, text)
    if not _ROLE.fullmatch(named):
        raise WrongValueError(say.BAD_ROLE)
    return named


def name(text: str) -> str:
    """Somebody's name in any script."""
    refuse_formula(text)
    if len(text) > _LONGEST_NAME:
        raise WrongValueError(say.BAD_NAME, limit=_LONGEST_NAME)
    return unicodedata.normalize("NFC", text)


def phone(text: str) -> str:
    """A mobile number as + and digits; eleven digits alone are one of mainland China."""
    if _ROUNDED.fullmatch(text):
        raise WrongValueError(say.PHONE_ROUNDED)
    bare = re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text))
    if found := _CHINESE_MOBILE.fullmatch(bare):
        return f"+86{found[1]}"
    if found := _FOREIGN_PHONE.fullmatch(bare):
        return f"+{found[1]}"
    raise WrongValueError(say.BAD_PHONE)


def email(text: str) -> str:
    """An e-mail address, as far as it can be told without writing to it."""
    refuse_formula(text)
    if not _EMAIL.fullmatch(text):
        raise WrongValueError(say.BAD_EMAIL)
    return text


def wecom(text: str) -> str:
    """An account in 企业微信."""
    refuse_formula(text)
    if not _WECOM.fullmatch(text):
        raise WrongValueError(say.BAD_WECOM)
    return text


def day(text: str) -> str:
    """A date in ISO form. Day-first and month-first forms are refused: nobody can tell them apart."""
    found = _DATE.fullmatch(text) or _DATE_8.fullmatch(text)
    if found is None:
        if _DATE_UNCLEAR.fullmatch(text):
            raise WrongValueError(say.DATE_ORDER, value=text)
        raise WrongValueError(say.BAD_DATE)
    try:
        meant = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise WrongValueError(say.NO_SUCH_DAY, value=text) from None
    if not 2000 <= meant.year < 2100:
        raise WrongValueError(say.ODD_YEAR, value=text)
    return meant.isoformat()


def yuan(text: str) -> str:
    """A monthly salary: yuan in, whole fen out."""
    bare = unicodedata.normalize("NFKC", text).strip("¥元 ")
    found = _MONEY.fullmatch(bare)
    if found is None:
        raise WrongValueError(say.BAD_SALARY)
    amount = Decimal(bare.replace(",", ""))
    if amount <= 0:
        raise WrongValueError(say.NEGATIVE_SALARY)
    if amount > _MOST_YUAN:
        raise WrongValueError(say.SALARY_TOO_BIG, limit=f"{_MOST_YUAN:,}")
    # told by the text: arithmetic rounds what is longer than Decimal's precision
    if len((found[1] or "").rstrip("0")) > 2:
        raise WrongValueError(say.SALARY_TOO_FINE)
    return str(int(amount * 100))


def language(text: str) -> str:
    """A language we write to people in."""
    found = _LANGUAGES.get(text.casefold().replace("-", "").replace("_", ""))
    if found is None:
        raise WrongValueError(say.BAD_LANGUAGE)
    return found.value


def time_zone(text: str) -> str:
    """An IANA time zone."""
    refuse_formula(text)
    try:
        zone(text)
    except ValueError:
        raise WrongValueError(say.BAD_ZONE, value=text) from None
    return text


def refuse_formula(text: str) -> None:
    """Refuse what a spreadsheet would run. Raises WrongValueError."""
    if text.startswith(_STARTS_A_FORMULA):
        raise WrongValueError(say.FORMULA, start=text[0])
