"""A cross-encoder NLI model: does a premise contradict a hypothesis? Loaded in the analysis process only.

Needs the extra `nli`; its packages are imported when a model is loaded: all else works without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.analysis.nli_files import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    OTHER,
    NliChoice,
    NliFiles,
    find,
    missing,
)
from bot.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = 16
"""Pairs at a time: at 160 tokens a small model then takes about 100 MiB; more at once is not faster
on two cores."""

PROBE = (
    ("The minister has not kept her word.", "She did keep her word."),
    ("It rained in Paris on Sunday, and the match was put off until the evening.", "It did rain."),
)
"""Pairs that are asked together and apart when a model is loaded."""

SAME_ANSWER = 1e-3
"""Difference in a share that rounding explains; dynamic quantisation makes some 0.05."""

THREADS = 1
"""Threads of a model: the bot's own process needs a core, and the worker is one of two."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model says of one pair: probabilities that add up to 1."""

    entailment: float
    """0 for a model that only tells contradictions from the rest."""
    neutral: float
    """With such a model: all that is not a contradiction."""
    contradiction: float


class NliModel:
    """A loaded model."""

    def __init__(self, files: NliFiles) -> None:
        """Load it. Raises ModelError where a package or a file is missing or broken."""
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ModuleNotFoundError as error:
            raise missing(error) from None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        # Arenas keep what they once took; the worker's growth is watched and costs it its life.
        options.enable_cpu_mem_arena = False
        try:
            self._session = onnxruntime.InferenceSession(
                files.model, options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
        except Exception as error:  # both libraries raise classes of their own that share no base
            raise ModelError(f"The NLI model {files.model} cannot be loaded: {error}") from error
        self.digest = files.digest()
        """SHA-256 of the model file."""
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._fixed = _fixed_length(self._session)
        self._labels = files.labels or _by_count(self._session, files)
        self._prepare(min(files.max_tokens, self._fixed or files.max_tokens))
        self.batch = BATCH if self._answers_each_alone() else 1
        """Pairs at a time."""

    def ask(self, pairs: Sequence[tuple[str, str]]) -> list[Opinion]:
        """What the model says of each (premise, hypothesis). A premise that is too long is cut at its end."""
        found: list[Opinion] = []
        for at in range(0, len(pairs), self.batch):
            found += self._batch(pairs[at : at + self.batch])
        return found

    def _answers_each_alone(self) -> bool:
        """Whether a pair's answer is the same in any company. Dynamic quantisation scales a whole batch by
        its largest values: the same text would be judged differently beside other texts."""
        apart = [self._batch([pair])[0].contradiction for pair in PROBE]
        together = [one.contradiction for one in self._batch(PROBE)]
        return all(abs(a - b) < SAME_ANSWER for a, b in zip(apart, together, strict=True))

    def _batch(self, pairs: Sequence[tuple[str, str]]) -> list[Opinion]:
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(pairs))
        columns = {
            "input_ids": [e.ids for e in encoded],
            "attention_mask": [e.attention_mask for e in encoded],
            "token_type_ids": [e.type_ids for e in encoded],
        }
        given = {name: np.array(columns[name], dtype=np.int64) for name in self._inputs}
        try:
            logits = self._session.run(None, given)[0]
        except Exception as error:  # onnxruntime's own classes share no base
            raise ModelError(f"The NLI model failed: {error}") from error
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        return [self._opinion(row) for row in weights / weights.sum(axis=1, keepdims=True)]

    def _opinion(self, row: Any) -> Opinion:
        by_label = dict.fromkeys((ENTAILMENT, NEUTRAL, CONTRADICTION, OTHER), 0.0)
        for name, share in zip(self._labels, row, strict=True):
            by_label[name] = by_label.get(name, 0.0) + float(share)
        return Opinion(by_label[ENTAILMENT], by_label[NEUTRAL] + by_label[OTHER], by_label[CONTRADICTION])

    def _prepare(self, length: int) -> None:
        outputs = self._session.get_outputs()[0].shape[-1]
        if isinstance(outputs, int) and outputs != len(self._labels):
            raise ModelError(f"The NLI model has {outputs} outputs, and {len(self._labels)} labels are set.")
        unknown = set(self._inputs) - {"input_ids", "attention_mask", "token_type_ids"}
        if unknown:
            raise ModelError(
                f"The NLI model wants inputs that are not known here: {', '.join(sorted(unknown))}."
            )
        padding = self._tokenizer.padding or {}
        self._tokenizer.enable_padding(
            length=self._fixed, pad_id=padding.get("pad_id", 0), pad_token=padding.get("pad_token", "[PAD]")
        )
        self._tokenizer.enable_truncation(length, strategy="only_first")


def load(choice: NliChoice) -> NliModel:
    """The model that is set. Raises ModelError."""
    return NliModel(find(choice))


def _fixed_length(session: Any) -> int | None:
    """Tokens that the model always wants, None where any number will do."""
    length = session.get_inputs()[0].shape[-1]
    return length if isinstance(length, int) else None


def _by_count(session: Any, files: NliFiles) -> tuple[str, ...]:
    count = session.get_outputs()[0].shape[-1]
    raise ModelError(
        f"The configuration of {files.model.name} does not say what its {count} outputs stand for: "
        "set PLEDGEWATCH_NLI_LABELS, in order, such as contradiction,entailment,neutral."
    )
