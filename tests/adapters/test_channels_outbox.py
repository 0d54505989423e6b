"""The embedded channel as the folder on disk shows it."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lockstep.adapters.channels.outbox import OutboxChannel
from lockstep.ports import Letter, Misconfigured, Person

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LETTER = Letter(employee_id="E1", address="+8613800000000", body="您有1门课程未完成,请于3日内学习")
PERSON = Person(employee_id="E1", name="王小芳", phone="1", email="2", wecom_id="3")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_message_is_one_file_a_person_can_read_and_nobody_else(tmp_path: Path) -> None:
    OutboxChannel("sms", tmp_path / "outbox").send(LETTER, dedup_key="w/1", at=AT)
    [path] = files(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert LETTER.body in text
    assert json.loads(text)["key"] == "w/1"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("name", "address"), [("sms", "1"), ("email", "2"), ("wecom", "3"), ("robot", "E1")])
def test_it_writes_to_the_address_of_the_channel_it_stands_for(
    tmp_path: Path, name: str, address: str
) -> None:
    assert OutboxChannel(name, tmp_path).address(PERSON) == address


def test_the_first_message_of_a_key_stays_and_its_receipt_is_given_again(tmp_path: Path) -> None:
    channel = OutboxChannel("sms", tmp_path)
    first = channel.send(LETTER, dedup_key="w/1", at=AT)
    other = LETTER.model_copy(update={"body": "其他"})
    assert channel.send(other, dedup_key="w/1", at=AT + timedelta(days=1)) == first == channel.find("w/1")
    [path] = files(tmp_path)
    assert "其他" not in path.read_text(encoding="utf-8")


def test_racing_senders_of_a_key_leave_one_message(tmp_path: Path) -> None:
    letters = [LETTER.model_copy(update={"body": f"第{n}份"}) for n in range(16)]
    with ThreadPoolExecutor(16) as pool:
        receipts = list(
            pool.map(lambda one: OutboxChannel("sms", tmp_path).send(one, dedup_key="w/1", at=AT), letters)
        )
    assert len(set(receipts)) == 1
    assert len(files(tmp_path)) == 1


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from lockstep.adapters.channels.outbox import OutboxChannel
from lockstep.ports import Letter
os.fsync = lambda handle: os._exit(9)
letter = Letter(employee_id="E1", address="1", body="x")
OutboxChannel("sms", Path(sys.argv[1])).send(letter, dedup_key="w/1", at=datetime.now(UTC))
"""


def test_a_process_that_dies_while_writing_leaves_no_message(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert died.returncode == 9
    channel = OutboxChannel("sms", tmp_path)
    assert channel.find("w/1") is None
    assert channel.send(LETTER, dedup_key="w/1", at=AT) == channel.find("w/1")


def test_a_folder_that_cannot_be_used_is_the_operators_to_mend(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(
        Misconfigured, match=r"outbox/sms cannot be used .* an operator must make it a folder"
    ):
        OutboxChannel("sms", tmp_path / "outbox").send(LETTER, dedup_key="w/1", at=AT)
