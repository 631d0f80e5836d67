"""The files of a cross-encoder NLI model in ONNX form: where they are, what they say, which one it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ModelError

ENTAILMENT, NEUTRAL, CONTRADICTION, OTHER = "entailment", "neutral", "contradiction", "other"
"""What an output of a model can stand for; `other`: all that is not the model's second label."""

MODEL_NAMES = ("model.onnx", "onnx/model.onnx")
"""Where exporters put the whole model; looked for before any other file."""

HUB_FILES = ("*.json", "*.onnx", "onnx/*.onnx", "onnx/*.onnx_data", "*.onnx_data")
"""What is fetched from the hub: no weights in other forms."""

MAX_TOKENS = 512
"""Length of a pair where nothing says it: what encoders of the BERT family were trained on."""

_SENTINEL = 100_000
"""Some tokenizers give a length like 10^30 for "none"."""


@dataclass(frozen=True, slots=True)
class NliChoice:
    """Which model is asked, from the settings."""

    model: str
    """A local folder, a local .onnx file, or a name on the hub (`owner/name`)."""
    revision: str | None = None
    """Commit or tag on the hub; needed there, since a branch can change and a calibration cannot follow."""
    calibration: str | None = None
    """The JSON file that `pledgewatch calibrate` made for this model; None: notes only, no alerts."""
    labels: tuple[str, ...] = ()
    """What the outputs stand for, in order, where the model's configuration does not say it."""
    max_tokens: int | None = None
    """Longest pair in tokens; None: what the model's files say."""


@dataclass(frozen=True, slots=True)
class NliFiles:
    """A model that was found."""

    model: Path
    tokenizer: Path
    labels: tuple[str, ...]
    """What the outputs stand for; `contradiction` is among them. Empty: the configuration does not say."""
    max_tokens: int

    def digest(self) -> str:
        """SHA-256 of the model file: a calibration belongs to it."""
        total = hashlib.sha256()
        with self.model.open("rb") as file:
            while block := file.read(1 << 20):
                total.update(block)
        return total.hexdigest()


def find(choice: NliChoice) -> NliFiles:
    """The files of the model that is set, fetched from the hub where it is a name. Raises ModelError."""
    place = Path(choice.model).expanduser()
    if not place.exists():
        if place.is_absolute() or choice.model.count("/") != 1 or choice.model.startswith("."):
            raise ModelError(f"There is no NLI model at {choice.model}.")
        place = _from_hub(choice)
    folder = place.parent if place.is_file() else place
    model = place if place.is_file() else _model_in(folder)
    tokenizer = _tokenizer_in(folder)
    config = _json(_beside(tokenizer, folder, "config.json"))
    labels = tuple(map(label, choice.labels or _labels(config)))
    if labels and CONTRADICTION not in labels:
        raise ModelError(
            f"The NLI model {choice.model} has no output for contradiction (labels: {', '.join(labels)})."
        )
    return NliFiles(model, tokenizer, labels, choice.max_tokens or _length(config, tokenizer))


def label(name: str) -> str:
    """What a label of a model's configuration stands for."""
    plain = name.casefold().replace("-", "_").strip().removeprefix("label_")
    if plain.startswith(("not_", "no_", "non_")) or plain == OTHER:
        return OTHER
    return next(
        (known for known in (ENTAILMENT, NEUTRAL, CONTRADICTION) if plain.startswith(known[:6])), plain
    )


def _from_hub(choice: NliChoice) -> Path:
    if choice.revision is None:
        raise ModelError(
            f"PLEDGEWATCH_NLI_REVISION must say which revision of {choice.model} is meant: a name can change."
        )
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    except ModuleNotFoundError as error:
        raise missing(error) from None
    try:
        found = snapshot_download(choice.model, revision=choice.revision, allow_patterns=list(HUB_FILES))
    except (HfHubHTTPError, LocalEntryNotFoundError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"The NLI model {choice.model} cannot be fetched: {reason}") from error
    return Path(found)


def missing(error: ModuleNotFoundError) -> ModelError:
    """What to do where a package of the extra is not installed."""
    return ModelError(
        f"PLEDGEWATCH_NLI_MODEL needs the extra “nli” ({error.name} is not installed): "
        "pip install 'pledgewatch[nli]'."
    )


def _model_in(folder: Path) -> Path:
    for name in MODEL_NAMES:
        if (folder / name).is_file():
            return folder / name
    found = sorted(p for pattern in ("*.onnx", "*/*.onnx") for p in folder.glob(pattern))
    if len(found) == 1:
        return found[0]
    if not found:
        raise ModelError(f"There is no .onnx file in {folder}.")
    names = ", ".join(str(p.relative_to(folder)) for p in found)
    raise ModelError(f"There are several models in {folder} ({names}): name the file that is meant.")


def _tokenizer_in(folder: Path) -> Path:
    places = (folder, folder.parent) if folder.name == "onnx" else (folder,)
    found = [p / "tokenizer.json" for p in places if (p / "tokenizer.json").is_file()]
    found = found or sorted(folder.glob("*/tokenizer.json"))
    if len(found) != 1:
        raise ModelError(f"There is {'no' if not found else 'more than one'} tokenizer.json in {folder}.")
    return found[0]


def _beside(tokenizer: Path, folder: Path, name: str) -> Path | None:
    return next((p / name for p in (folder, tokenizer.parent) if (p / name).is_file()), None)


def _json(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file} cannot be read: {error}") from error
    return found if isinstance(found, dict) else {}


def _labels(config: dict[str, Any]) -> tuple[str, ...]:
    by_id = config.get("id2label")
    if not isinstance(by_id, dict):
        return ()
    names = [str(by_id[key]) for key in sorted(by_id, key=int)]
    return () if all(name.casefold().startswith("label_") for name in names) else tuple(names)


def _length(config: dict[str, Any], tokenizer: Path) -> int:
    cut = _json(tokenizer).get("truncation") or {}
    stated = _json(_beside(tokenizer, tokenizer.parent, "tokenizer_config.json")).get("model_max_length")
    lengths = [cut.get("max_length"), config.get("max_position_embeddings"), stated, MAX_TOKENS]
    return min(int(n) for n in lengths if isinstance(n, int) and 0 < n < _SENTINEL)
