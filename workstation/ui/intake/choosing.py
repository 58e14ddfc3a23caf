"""What is chosen for a form from what is proposed or known: category, region and unit."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from workstation.domain.content import Content
from workstation.domain.intake import Origin
from workstation.domain.picker import find
from workstation.ui.hits import Hit
from workstation.ui.intake.form_view import FormView
from workstation.ui.intake.looking import Looking
from workstation.ui.intake.panels import Panels
from workstation.ui.intake.pen import Pen
from workstation.ui.intake.views import chosen_path, tr
from workstation.ui.labels import label


class Choosing(QObject):
    """Lets one be chosen by a key or a few letters; a human's choice stays."""

    region_taken = Signal()

    def __init__(self, panels: Panels, form: FormView, pen: Pen, looking: Looking, content: Content) -> None:
        super().__init__(panels)
        self._panels = panels
        self._form = form
        self._pen = pen
        self._looking = looking
        self._content = content

    def choose_category(self) -> None:
        """Let the category be chosen from the whole tree by pinyin, number or words."""
        tree = self._content.categories

        def search(typed: str) -> Sequence[Hit]:
            proposed = () if typed.strip() else self._proposed()
            codes = dict.fromkeys([*proposed, *(f.category.code for f in find(tree, typed))])
            return [Hit(code, chosen_path(tree, code), code) for code in codes]

        self._panels.prompt.choose(tr("Category: pinyin, number or words"), search, self.take_category, codes=True)

    def take_category(self, code: str, origin: Origin = Origin.HUMAN) -> None:
        """Take a category; the first one is kept beside the last."""
        self._pen.edit(lambda incident: replace(incident, category_first=incident.category_first or code))
        self._pen.set_value("category", code, origin)
        self._looking.look()

    def take_suggestion(self, row: int) -> None:
        """Take the proposed category *row*, counted from 0, while its card is shown; taking it is a human's choice."""
        proposed = self._proposed()
        if row < len(proposed) and not self._panels.suggestions.is_chosen:
            self.take_category(proposed[row])

    def _proposed(self) -> list[str]:
        advice = self._looking.advice
        return [suggestion.code for suggestion in advice.suggestions.top] if advice else []

    def take_recognised(self, row: int) -> None:
        """Take what was recognised in the narrative."""
        if row < len(self._form.regions):
            self.take_region(self._form.regions[row].id)

    def take_region(self, id: str) -> None:
        """Take a region of the list."""
        self._pen.set_value("region", id)
        self._panels.grid.start_anew()
        self._panels.grid.show_region_hits(())
        self.region_taken.emit()

    def choose_unit(self) -> None:
        """Let another unit be chosen; up to three are proposed."""
        advice = self._looking.advice
        hits = [Hit(p.unit.name, p.unit.name, label(p.basis)) for p in (advice.units if advice else ())]
        self._panels.prompt.choose(
            tr("Unit"),
            lambda typed: [hit for hit in hits if typed in hit.text],
            lambda unit: self._pen.edit(lambda incident: replace(incident, unit=unit)),
        )
