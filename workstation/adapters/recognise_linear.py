"""The recogniser of categories by linear weights; numpy and the weights are loaded at the first question."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from workstation.domain.categories import CategoryTree
from workstation.domain.suggestion import NOTHING, REASONS, Recognised, Suggestion, Suggestions, TreeWords, refine
from workstation.domain.suggestion_scale import chance, shares, temperature
from workstation.domain.suggestion_text import LEAST_CHARACTERS

if TYPE_CHECKING:
    from workstation.adapters.recognise_model import LinearModel, Scored

_LEAST_IDEOGRAPHS = 5
"""A note with fewer Chinese characters is unsure, whatever its score: it is a number, a code or another language."""


class LinearRecogniser:
    """Suggests categories of a tree for a note, in well under a millisecond."""

    def __init__(self, weights: Path, categories: CategoryTree) -> None:
        """Remember where the weights lie; reading them waits for `warm` or the first question."""
        self._path = weights
        self._tree = categories
        self._words = TreeWords(categories)
        self._model: LinearModel | None = None
        self._loading = Lock()

    def warm(self) -> None:
        """Load numpy and the weights now, in whatever thread this is.

        Raises:
            InvalidValue: The weights are missing or damaged.
        """
        self._loaded()

    def suggest(self, text: str, top: int = 3) -> Suggestions:
        """Suggest at most *top* nodes of the tree for *text*; nothing, and unsure, for less than ten characters.

        Raises:
            InvalidValue: The weights are missing or damaged.
        """
        recognised = self._recognised(text, top)
        return refine(self._tree, self._words, recognised, text, top) if recognised else NOTHING

    def labels(self, text: str, top: int = 3) -> Suggestions:
        """Suggest at most *top* labels of the training data under their own names.

        Raises:
            InvalidValue: The weights are missing or damaged.
        """
        recognised = self._recognised(text, top)
        return Suggestions(recognised.labels[:top], recognised.unsure) if recognised else NOTHING

    def _recognised(self, text: str, top: int) -> Recognised | None:
        model = self._loaded()
        spoken = model.reader.spoken(text)
        if len(spoken) < LEAST_CHARACTERS:
            return None
        scored = model.scored(spoken)
        header = model.header
        p = shares(scored.scores[:-1], temperature(len(spoken), header.knots))
        uncovered = chance(scored.scores[-1])
        order = sorted(range(len(p)), key=lambda at: -p[at])
        unsure = p[order[0]] < header.sure_at or uncovered >= header.uncovered_at
        labels = tuple(_label(model, scored, at, p[at], text if place < top else "") for place, at in enumerate(order))
        return Recognised(labels, uncovered, unsure or scored.ideographs < _LEAST_IDEOGRAPHS)

    def _loaded(self) -> "LinearModel":
        with self._loading:
            if self._model is None:
                from workstation.adapters.recognise_model import LinearModel

                self._model = LinearModel(self._path)
            return self._model


def _label(model: "LinearModel", scored: "Scored", at: int, p: float, original: str) -> Suggestion:
    name = model.header.labels[at]
    return Suggestion(name, name, p, model.words(scored, at, original, REASONS) if original else ())
