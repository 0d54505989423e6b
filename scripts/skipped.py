"""Say what the tests skipped and why. usage: skipped.py REPORT.xml ..."""

import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET


def skipped(reports: Iterable[Path]) -> list[str]:
    """One line a skipped test: where, and the reason it gave."""
    return [
        f"  {case.get('classname')}.{case.get('name')}: {skip.get('message')}"
        for report in reports
        for case in ET.parse(report).iter("testcase")  # noqa: S314  our own pytest wrote the file
        for skip in case.iter("skipped")
    ]


if __name__ == "__main__":
    lines = skipped(map(Path, sys.argv[1:]))
    sys.stdout.write("\n".join(["Skipped:", *lines]) + "\n" if lines else "Skipped: nothing.\n")
