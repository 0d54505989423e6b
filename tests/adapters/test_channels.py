"""What every channel promises, whoever stands behind it: one suite over all adapters in the folder."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from lockstep.adapters import channels
from lockstep.adapters.archive.folder import FolderArchive
from lockstep.ports import Attachment, Letter, Misconfigured, Person, Rejected, SendState, Unavailable
from tests.support.channel_example import example_bench
from tests.support.channel_peers import BENCHES, Bench, BenchMaker

ADAPTERS = [module.name for module in pkgutil.iter_modules(channels.__path__)]
MAKERS: dict[str, BenchMaker] = {**BENCHES, "the example of the how-to": example_bench}
AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
NOBODY = Person(employee_id="E0", name="赵六")
SOMEBODY = Person(
    employee_id="E1", name="王小芳", phone="+8613800000000", email="wang@example.com", wecom_id="wang"
)


def letter(channel: Bench, **changes: object) -> Letter:
    plain = Letter(
        employee_id="E1",
        address=channel.channel.address(SOMEBODY),
        subject="培训提醒：您有1门课程未完成",
        body="王小芳，您好：\n\n.您有1门课程未完成,请于3日内学习\n· 岗位技能 𠮷",
    )
    return plain.model_copy(update=changes)


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "archive")


@pytest.fixture(params=sorted({*ADAPTERS, *MAKERS}))
def bench(request: pytest.FixtureRequest, tmp_path: Path, archive: FolderArchive) -> Iterator[Bench]:
    assert request.param in MAKERS, f"add a bench for {request.param} to tests/support/channel_peers.py"
    with MAKERS[request.param](tmp_path, archive) as made:
        yield made


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_file_in_the_folder_exports_an_adapter_with_its_settings(name: str) -> None:
    module = importlib.import_module(f"{channels.__name__}.{name}")
    assert issubclass(module.ADAPTER.settings_model, BaseModel)
    assert callable(module.ADAPTER.build)


def test_it_has_a_name_and_knows_who_can_be_reached(bench: Bench) -> None:
    assert bench.channel.name
    assert bench.channel.address(SOMEBODY)
    assert bench.channel.address(SOMEBODY) != SOMEBODY.name


def test_what_is_sent_arrives_as_it_was_written(bench: Bench) -> None:
    sent = letter(bench)
    receipt = bench.channel.send(sent, dedup_key="w/remind/1", at=AT)
    assert (receipt.state, receipt.channel, receipt.at) == (SendState.SENT, bench.channel.name, AT)
    assert receipt.provider_id
    [message] = bench.arrived()
    assert (message.to, message.text) == (sent.address, sent.body)
    assert message.subject in {sent.subject, ""}


def test_a_key_sent_twice_is_one_message_to_the_neighbour(bench: Bench) -> None:
    first = bench.channel.send(letter(bench), dedup_key="w/remind/1", at=AT)
    second = bench.channel.send(letter(bench), dedup_key="w/remind/1", at=AT)
    assert first == second
    assert len({message.id for message in bench.arrived()}) == 1


def test_two_keys_are_two_messages(bench: Bench) -> None:
    for key in ("w/remind/1", "w/remind/2"):
        bench.channel.send(letter(bench), dedup_key=key, at=AT)
    assert len({message.id for message in bench.arrived()}) == 2


def test_it_finds_what_was_sent_or_says_that_it_cannot_tell(bench: Bench) -> None:
    assert bench.channel.find("w/remind/1") is None
    receipt = bench.channel.send(letter(bench), dedup_key="w/remind/1", at=AT)
    found = bench.channel.find("w/remind/1")
    assert found is None or (found.state, found.provider_id) == (SendState.SENT, receipt.provider_id)
    assert bench.channel.find("w/remind/2") is None


def test_nobody_without_an_address_is_written_to(bench: Bench) -> None:
    with pytest.raises(Rejected, match="E1"):
        bench.channel.send(letter(bench, address=""), dedup_key="w/remind/1", at=AT)
    assert bench.arrived() == []


def test_an_attachment_goes_with_the_message_or_is_left_out_never_altered(
    bench: Bench, archive: FolderArchive
) -> None:
    content = b"%PDF-1.4\r\n.\r\n\x00\xff"
    filed = archive.put(content, filename="c.pdf", media_type="application/pdf", metadata={})
    paper = Attachment(filename="证书 E1.pdf", media_type="application/pdf", archive_ref=filed.ref)
    bench.channel.send(letter(bench, attachments=(paper,)), dedup_key="w/certificate", at=AT)
    [message] = bench.arrived()
    assert message.attachments in {(), (("证书 E1.pdf", content),)}


def test_a_neighbour_that_is_away_is_no_refusal_and_gives_nobody_away(bench: Bench) -> None:
    sent = letter(bench)
    with pytest.raises((Unavailable, Misconfigured)) as failure:
        bench.cut_off.send(sent, dedup_key="w/remind/1", at=AT)
    assert not [part for part in (sent.address, SOMEBODY.name, SOMEBODY.phone) if part in str(failure.value)]


@pytest.mark.parametrize("person", [NOBODY, SOMEBODY])
def test_an_address_is_text_or_nothing(bench: Bench, person: Person) -> None:
    assert isinstance(bench.channel.address(person), str)
