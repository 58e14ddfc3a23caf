"""Everything a station can change without a programmer, read once at the start."""

from dataclasses import dataclass

from workstation.domain.categories import CategoryTree
from workstation.domain.compose import Wording
from workstation.domain.directory import Directory
from workstation.domain.edition import Edition
from workstation.domain.glossary import Glossary
from workstation.domain.guidance import Guidance
from workstation.domain.phrases import Phrases
from workstation.domain.questions import Sheet
from workstation.domain.requirements import Requirements
from workstation.domain.safety import SafetyRules

GENERAL_SHEET = "general"


@dataclass(frozen=True, slots=True)
class Content:
    """One content pack: tree, question sheets, four lists, safety words, directory, phrases, names."""

    editions: dict[str, Edition]
    categories: CategoryTree
    sheets: dict[str, Sheet]
    requirements: Requirements
    safety: SafetyRules
    guidance: Guidance
    directory: Directory
    phrases: Phrases
    wording: Wording
    glossary: Glossary

    def sheet_for(self, category: str) -> Sheet:
        """Return the question sheet of a category; the general one while there is no better."""
        return self.sheets.get(self.categories.sheet(category), self.sheets[GENERAL_SHEET])
