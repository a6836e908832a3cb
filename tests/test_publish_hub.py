"""Publishing on the Hub: one commit with everything, a tag that never moves, and a token that nobody sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hub_store import ATTRIBUTES, CUT, TOKEN, Hub, hub_store
from publishing import Told, bytes_of, versions
from releases import good

from cleaning.errors import OutputError
from cleaning.release.publish.contents import Contents, Publication
from cleaning.release.publish.hub import Wish, publish_to_hub
from cleaning.schema import CONFIGS

NAME = "user/name"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, Contents]:
    return versions(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    from huggingface_hub import close_session, constants  # noqa: PLC0415  (after the variables of conftest.py)

    with hub_store() as made:
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, made.endpoint)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "ENDPOINT", made.endpoint)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr(time, "sleep", lambda _: None)
        for name, value in {"HF_TOKEN": TOKEN, "no_proxy": "*"}.items():
            monkeypatch.setenv(name, value)
        yield made
        close_session()


def publish(given: Contents, tag: str = "", *, dry_run: bool = False, told: Told | None = None) -> Publication:
    return publish_to_hub(given, NAME, Wish(tag=tag), dry_run=dry_run, watch=told or Told())


def held(given: Contents) -> dict[str, bytes]:
    return {".gitattributes": ATTRIBUTES, **bytes_of(given)}


def test_a_release_becomes_one_commit_and_a_tag(hub: Hub, both: tuple[Contents, Contents]) -> None:
    done = publish(both[0], "v1.0.0")
    dataset = hub.datasets[NAME]
    assert dataset.files("v1.0.0") == dataset.files("main") == held(both[0])
    assert dataset.messages == ["initial commit", "Release v1.0.0"]
    assert (done.created, done.tagged, done.load) == (True, True, 'load_dataset("user/name", revision="v1.0.0")')
    assert set(done.sent) == set(both[0].names)


def test_a_second_run_sends_nothing(hub: Hub, both: tuple[Contents, Contents]) -> None:
    publish(both[0], "v1")
    for tag in ("v1", ""):
        hub.asked.clear()
        assert not publish(both[0], tag).changed
        assert hub.written() == []


def test_a_new_version_replaces_the_shards_and_leaves_what_is_not_of_the_release(
    hub: Hub, both: tuple[Contents, Contents]
) -> None:
    others = {"notes.md": b"by hand", "images/a.png": b"\x89PNG"}
    hub.make(NAME, others)
    publish(both[0], "v1")
    done = publish(both[1], "v2")
    dataset = hub.datasets[NAME]
    assert dataset.files() == held(both[1]) | others
    assert dataset.files("v1") == held(both[0]) | others
    assert set(done.removed) == set(both[0].sums) - set(both[1].sums)
    assert len(done.removed) == 3
    assert len(dataset.messages) == 3
    assert not publish(both[0], "v1").changed, "an old version that is published again"
    assert dataset.files() == held(both[1]) | others, "does not come back"


def test_a_tag_never_moves(hub: Hub, both: tuple[Contents, Contents]) -> None:
    publish(both[0], "v1")
    hub.asked.clear()
    with pytest.raises(OutputError, match="v1 is published already, with other content: a version is never changed"):
        publish(both[1], "v1")
    with pytest.raises(OutputError, match="main is a branch"):
        publish(both[1], "main")
    with pytest.raises(OutputError, match="no name for a tag"):
        publish(both[1], "version one")
    assert hub.written() == []


def test_a_dry_run_changes_nothing(hub: Hub, both: tuple[Contents, Contents]) -> None:
    planned = publish(both[0], "v1", dry_run=True)
    assert (hub.datasets, hub.written()) == ({}, [])
    assert planned == replace(publish(both[0], "v1"), dry_run=True)
    planned, before = publish(both[1], "v2", dry_run=True), dict(hub.datasets[NAME].tags)
    assert (len(planned.removed), before) == (3, hub.datasets[NAME].tags)


def test_a_branch_a_message_and_privacy(hub: Hub, both: tuple[Contents, Contents]) -> None:
    wish = Wish(private=True, branch="next", message="For review")
    done = publish_to_hub(both[0], NAME, wish, dry_run=False, watch=Told())
    dataset = hub.datasets[NAME]
    assert (dataset.private, dataset.messages[-1]) == (True, "For review")
    assert (dataset.files("next"), dataset.files("main")) == (held(both[0]), {".gitattributes": ATTRIBUTES})
    assert done.load == 'load_dataset("user/name", revision="next")'
    dataset.private = False
    with pytest.raises(OutputError, match="is there, and public"):
        publish_to_hub(both[1], NAME, wish, dry_run=False, watch=Told())


def test_tables_of_others_are_not_mixed_in(hub: Hub, both: tuple[Contents, Contents]) -> None:
    hub.make(NAME, {"data/train-00007-of-00009.parquet": b"PAR1"})
    with pytest.raises(OutputError, match=r"holds data/train-00007-of-00009\.parquet, of no release"):
        publish(both[0])
    hub.make(NAME, {"SHA256SUMS": b"0" * 64 + b"  a.iso\n", "a.iso": b""})
    with pytest.raises(OutputError, match="of something else than a release"):
        publish(both[0])
    assert hub.written() == []


def test_what_a_gitignore_leaves_out_is_missed(hub: Hub, both: tuple[Contents, Contents]) -> None:
    hub.ignored = {"report.html"}
    for _ in range(2):
        with pytest.raises(OutputError, match=r"the commit lacks report\.html, and gets no tag"):
            publish(both[0], "v1")
    hub.ignored = set()
    publish(both[0], "v1")
    assert hub.datasets[NAME].files("v1") == held(both[0])


@pytest.mark.parametrize("status", [500, CUT], ids=["error", "cut"])
@pytest.mark.parametrize("what", ["/resolve/", "/preupload/", "PUT", "/commit/", "/tag/"])
def test_trouble_in_the_middle_leaves_the_old_version_and_is_taken_up(
    hub: Hub, both: tuple[Contents, Contents], what: str, status: int
) -> None:
    publish(both[0], "v1")
    hub.asked.clear()

    def fault(method: str, path: str) -> int | None:
        at = f"{method} {path}"
        return status if what in at and (what != "PUT" or len(hub.objects) > 5) else None

    hub.fault = fault
    with pytest.raises(OutputError, match="takes up where it stopped"):
        publish(both[1], "v2")
    dataset = hub.datasets[NAME]
    assert dataset.files("v1") == held(both[0])
    assert dataset.files() == held(both[what == "/tag/"]), "the commit is whole, or not there"
    sent = set(hub.objects)
    hub.fault = lambda _method, _path: None
    hub.asked.clear()
    publish(both[1], "v2")
    assert dataset.files() == dataset.files("v2") == held(both[1])
    assert not {line.rpartition("/")[2] for line in hub.sent()} & sent, "what was sent is not sent again"


def test_an_interruption_leaves_the_old_version(
    hub: Hub, both: tuple[Contents, Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupts(Told):
        def phase(self, name: str) -> None:
            super().phase(name)
            if name.startswith("sending") and len(self.said) > 4:
                raise KeyboardInterrupt

    monkeypatch.setattr("cleaning.release.publish.contents.GROUP_BYTES", 1)
    publish(both[0], "v1")
    with pytest.raises(KeyboardInterrupt):
        publish(both[1], "v2", told=Interrupts())
    assert hub.datasets[NAME].files() == held(both[0])
    publish(both[1], "v2")
    assert hub.datasets[NAME].files("v2") == held(both[1])


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "does not take this token: log in with `hf auth login` or set HF_TOKEN"),
        (403, "this token may not write there"),
        (404, "see that the name is right"),
        (412, "somebody else has changed it meanwhile: try again"),
        (429, "asks to wait"),
        (500, "has trouble: try again later"),
        (CUT, "cannot be reached"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_errors_are_one_line_that_says_what_to_do_and_never_the_token(  # noqa: PLR0917
    hub: Hub,
    both: tuple[Contents, Contents],
    status: int,
    advice: str,
    method: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub.make(NAME)
    hub.fault = lambda asked, _path: status if asked == method else None
    told = Told()
    with pytest.raises(OutputError) as caught:
        publish(both[0], "v1", told=told)
    assert str(caught.value).startswith("user/name: ")
    assert "\n" not in str(caught.value)
    assert advice in str(caught.value)
    trace = "".join(traceback.format_exception(caught.value))
    everything = "\n".join([trace, repr(caught.value), *told.said, *capfd.readouterr(), caplog.text])
    assert TOKEN not in everything
    assert "X-Signature" not in everything.replace(trace, "")


def test_a_hub_that_is_not_there_or_not_asked(
    hub: Hub, both: tuple[Contents, Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(OutputError, match="cannot be reached"):
        publish(both[0])
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(OutputError, match="HF_HUB_OFFLINE is set"):
        publish(both[0])
    assert hub.asked == []


@pytest.mark.parametrize("token", ["", "hf_with\x07bell", "hf_naïve"])
def test_a_token_that_is_none_is_not_sent(
    hub: Hub, both: tuple[Contents, Contents], token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(OutputError, match="log in with `hf auth login` or set HF_TOKEN") as caught:
        publish(both[0])
    assert not token or token not in str(caught.value)
    assert hub.asked == []


LOAD = """
import json
from datasets import load_dataset

for config in ("default", "removed", "dropped", "repairs", "personal"):
    given = {"path": "user/name", "name": config, "split": "train", "revision": "v1"}
    print(json.dumps([load_dataset(**given).to_list(), list(load_dataset(**given, streaming=True))]))
"""


def test_what_was_published_is_loaded(hub: Hub, both: tuple[Contents, Contents], tmp_path: Path) -> None:
    publish(both[0], "v1")
    publish(both[1], "v2")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment = ours | {"HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path), "HF_HUB_DISABLE_XET": "1"}
    command = [sys.executable, "-c", LOAD]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    for line, (config, rows) in zip(ended.stdout.splitlines(), good().rows.items(), strict=True):
        published = pa.Table.from_pylist(rows, schema=CONFIGS[config]).to_pylist()
        assert json.loads(line) == [published, published], config
