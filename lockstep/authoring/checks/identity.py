"""Proof of identity: the face is never the only way (人脸识别技术应用安全管理办法)."""

from collections.abc import Iterator

from lockstep.authoring.problems import Problem, Sentence
from lockstep.core.policy.parts import ProofMethod
from lockstep.core.policy.people import Identity, IdentityRule
from lockstep.core.policy.policy import Policy

FACE_ONLY = Sentence(
    "identity.face_only",
    "{place}：人脸是唯一的核验方式；必须另给一种，如 otp_attestation（验证码加同事见证）",
    "{place}: the face is the only way to prove identity; offer another, such as otp_attestation",
)
NO_METHOD = Sentence(
    "identity.no_method",
    "{place}：没有任何核验方式，谁也通不过；请写 methods，或删掉这一段",
    "{place}: no method is offered, so nobody could pass; name methods or remove the section",
)
TOO_HIGH = Sentence(
    "identity.level_unreachable",
    "{place}：要求核验等级 {level}，所给的方式都达不到；请降低等级或增加方式",
    "{place}: level {level} is asked for and none of the methods can give it; lower it or add a method",
)
FACE_ONLY_IN_EFFECT = Sentence(
    "identity.face_only_in_effect",
    "{place}：只有人脸能达到核验等级 {level}，实际上人脸成了唯一方式；请降低等级或增加同等的方式",
    "{place}: only the face can give level {level}, so it is the only way in effect; lower it or add an "
    "equal method",
)


def face_is_never_the_only_way(policy: Policy) -> Iterator[Problem]:
    """Each step that asks for proof offers a way, and one besides the face."""
    for name in Identity.model_fields:
        rule: IdentityRule | None = getattr(policy.identity, name)
        if rule is not None:
            yield from _judge(rule, f"identity.{name}")


def _judge(rule: IdentityRule, place: str) -> Iterator[Problem]:
    able = {method for method in rule.methods if method.strongest.rank >= rule.level.rank}
    if not rule.methods:
        yield NO_METHOD.at(f"{place}.methods", place=place)
    elif set(rule.methods) == {ProofMethod.FACE}:
        yield FACE_ONLY.at(f"{place}.methods", place=place)
    elif not able:
        yield TOO_HIGH.at(f"{place}.level", place=place, level=rule.level.value)
    elif able == {ProofMethod.FACE}:
        yield FACE_ONLY_IN_EFFECT.at(f"{place}.level", place=place, level=rule.level.value)
