"""The command line `lockstep`: start, signal, inspect, decide, export. Each command is in lockstep/cli."""

import sys
from typing import NoReturn

from lockstep.cli.apps import Command
from lockstep.cli.language import say
from lockstep.cli.run import run

_PEOPLE = say("新员工", "Hires")
_DECISIONS = say("决定", "Decisions")
_POLICY = say("制度与工资", "Policies and pay")
_OPERATION = say("运行", "Operation")

COMMANDS = {
    "hire": Command("lockstep.cli.hire:hire", "登记一名新员工并开始", "Register and start one hire", _PEOPLE),
    "import": Command(
        "lockstep.cli.import_hires:import_hires",
        "从 CSV 或 Excel 导入新员工",
        "Import hires from CSV or Excel",
        _PEOPLE,
    ),
    "staff": Command(
        "lockstep.cli.staff:app", "导入上级、人事、安全员", "Import managers, HR and safety officers", _PEOPLE
    ),
    "status": Command("lockstep.cli.status:status", "一个人现在到哪一步", "Where a hire stands", _PEOPLE),
    "explain": Command(
        "lockstep.cli.explain:explain_hire", "每个决定的依据", "Why everything is as it is", _PEOPLE
    ),
    "list": Command(
        "lockstep.cli.list_hires:list_hires",
        "按锁定、逾期、岗位等列出",
        "List hires, locked or overdue",
        _PEOPLE,
    ),
    "signal": Command(
        "lockstep.cli.send_signal:send_signal", "告知一件发生的事", "State something that happened", _PEOPLE
    ),
    "waive": Command("lockstep.cli.decisions:waive", "豁免一门课程", "Sign a waiver of a course", _DECISIONS),
    "grant-attempt": Command(
        "lockstep.cli.decisions:grant_attempt", "给一次加考", "Sign an extra attempt", _DECISIONS
    ),
    "appeal": Command("lockstep.cli.decisions:appeal", "代员工申诉", "File an appeal for a hire", _DECISIONS),
    "decide-appeal": Command(
        "lockstep.cli.decisions:decide_appeal", "裁定申诉", "Sign the decision on an appeal", _DECISIONS
    ),
    "decide": Command(
        "lockstep.cli.decisions:decide", "回答流程提出的问题", "Answer a question put to a human", _DECISIONS
    ),
    "adopt-policy": Command(
        "lockstep.cli.adopt_policy:adopt_policy",
        "改用另一制度，先看差别",
        "Put hires under another policy, after a preview",
        _DECISIONS,
    ),
    "policy": Command(
        "lockstep.cli.policy:app", "制度：检查、解释、试算", "Policies: check, explain, plan", _POLICY
    ),
    "payroll": Command(
        "lockstep.cli.payroll:app", "工资台账：查看、导出、关账", "Pay ledger: show, export, close", _POLICY
    ),
    "salary": Command("lockstep.cli.salary:salary", "登记月薪", "Put a salary on record", _POLICY),
    "minimum-wage": Command(
        "lockstep.cli.salary:minimum_wage",
        "登记用人单位当地的最低工资",
        "Put the minimum wage of a legal entity on record",
        _POLICY,
    ),
    "server": Command(
        "lockstep.cli.server:server",
        "启动内置的 Temporal 服务器",
        "Run the embedded Temporal server",
        _OPERATION,
    ),
    "worker": Command("worker:main", "启动 worker", "Run a worker", _OPERATION),
    "demo": Command(
        "lockstep.demo.cli:demo",
        "看 24 名新员工走完培训",
        "See 24 hires live through their onboarding",
        _OPERATION,
    ),
    "search-attributes": Command(
        "lockstep.cli.search_attributes:search_attributes",
        "列出检索属性",
        "Print the search attributes",
        _OPERATION,
    ),
}


def main() -> NoReturn:
    """Run the command line."""
    run(COMMANDS, sys.argv[1:])


if __name__ == "__main__":
    main()
