"""The lines a call-taker says or writes over and over."""

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.edition import Edition


class PhraseUse(StrEnum):
    """The moment of a call that a phrase belongs to."""

    GREETING = "greeting"
    SAFETY = "safety"
    CONSENT = "consent"
    TRANSFER = "transfer"
    LINKAGE = "linkage"
    ASKING = "asking"
    CLOSING = "closing"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line; {operator}, {number}, {unit} and {answer} in it are filled in when it is shown."""

    id: str
    use: PhraseUse
    title: str
    text: str
    pinyin: tuple[str, ...] = ()

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.pinyin)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one edition."""

    edition: Edition
    phrases: tuple[Phrase, ...]

    def of(self, use: PhraseUse) -> tuple[Phrase, ...]:
        """List the phrases of one moment of the call."""
        return tuple(phrase for phrase in self.phrases if phrase.use is use)

    def find(self, typed: str, limit: int = 9) -> tuple[Phrase, ...]:
        """Find phrases whose initials begin with *typed*, or whose words contain it."""
        wanted = typed.lower().strip()
        starting = [p for p in self.phrases if wanted and p.initials.startswith(wanted)]
        saying = [p for p in self.phrases if wanted and p not in starting and wanted in p.title + p.text]
        return tuple((starting + saying)[:limit])
