"""The files of the content pack as people write them, and the whole they make."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from workstation.adapters.content_check import read_yaml
from workstation.adapters.content_digest import PARTS
from workstation.domain.categories import Category
from workstation.domain.compose import Wording
from workstation.domain.directory import Directory
from workstation.domain.edition import Edition
from workstation.domain.glossary import Term
from workstation.domain.guidance import Guidance, GuidanceItem
from workstation.domain.phrases import Phrases
from workstation.domain.questions import Sheet
from workstation.domain.requirements import Override, Requirement, Requirements
from workstation.domain.safety import SafetyRules

Syllables = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A node as it is written: its code is only the two digits of its own level."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A second-level node with the leaves below it."""

    code: str
    name: str
    children: tuple[Leaf, ...]
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Top:
    """A first-level node with the branches below it."""

    code: str
    name: str
    children: tuple[Branch, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoriesFile:
    """The file categories.yaml."""

    edition: Edition
    contest_labels: dict[str, tuple[str, ...]]
    tree: tuple[Top, ...]


@dataclass(frozen=True, slots=True)
class SheetsFile:
    """The file sheets.yaml."""

    edition: Edition
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class RequirementsFile:
    """The file requirements.yaml."""

    edition: Edition
    fields: tuple[Requirement, ...]
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class WordingFile:
    """The file wording.yaml."""

    edition: Edition
    wording: Wording


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term as it is written: its identifier stands before it."""

    zh: str
    en: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The file glossary.yaml."""

    edition: Edition
    groups: dict[str, dict[str, TermEntry]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The whole pack in the form that is compiled."""

    editions: dict[str, Edition]
    labels: dict[str, tuple[str, ...]]
    nodes: tuple[Category, ...]
    sheets: tuple[Sheet, ...]
    requirements: Requirements
    safety: SafetyRules
    guidance: Guidance
    directory: Directory
    phrases: Phrases
    wording: Wording
    terms: tuple[Term, ...]


def read_parts(resources: Path, syllables: Syllables) -> Parts:
    """Read the YAML files themselves.

    Raises:
        InvalidValue: A file is missing or wrong.
    """
    folder = resources / "content"
    categories = read_yaml(folder / "categories.yaml", CategoriesFile)
    sheets = read_yaml(folder / "sheets.yaml", SheetsFile)
    requirements = read_yaml(folder / "requirements.yaml", RequirementsFile)
    safety = read_yaml(folder / "safety.yaml", SafetyRules)
    guidance = read_yaml(folder / "guidance.yaml", Guidance)
    directory = read_yaml(folder / "directory.yaml", Directory)
    phrases = read_yaml(folder / "phrases.yaml", Phrases)
    wording = read_yaml(folder / "wording.yaml", WordingFile)
    editions = (f.edition for f in (categories, sheets, requirements, safety, guidance, directory, phrases, wording))
    return Parts(
        editions=dict(zip(PARTS, editions, strict=True)),
        labels=categories.contest_labels,
        nodes=_flatten(categories.tree, syllables),
        sheets=sheets.sheets,
        requirements=Requirements(requirements.fields, requirements.overrides),
        safety=safety,
        guidance=_spelt_items(guidance, syllables),
        directory=replace(directory, lines=tuple(replace(x, pinyin=syllables(x.name)) for x in directory.lines)),
        phrases=replace(phrases, phrases=tuple(replace(p, pinyin=syllables(p.title)) for p in phrases.phrases)),
        wording=wording.wording,
        terms=read_terms(resources),
    )


def _flatten(tops: tuple[Top, ...], syllables: Syllables) -> tuple[Category, ...]:
    nodes = []
    for top in tops:
        nodes.append(Category(top.code, top.name, (), top.aliases))
        for branch in top.children:
            nodes.append(_node(top.code, branch))
            nodes += [_node(top.code + branch.code, leaf) for leaf in branch.children]
    return tuple(_spelt(node, syllables) for node in nodes)


def _spelt(node: Category, syllables: Syllables) -> Category:
    aliases = tuple(syllables(alias) for alias in node.aliases)
    return replace(node, pinyin=syllables(node.name), alias_pinyin=aliases)


def _spelt_items(guidance: Guidance, syllables: Syllables) -> Guidance:
    def spelt(items: tuple[GuidanceItem, ...]) -> tuple[GuidanceItem, ...]:
        return tuple(replace(item, pinyin=syllables(item.title)) for item in items)

    return replace(
        guidance,
        not_accepted=spelt(guidance.not_accepted),
        direct_answer=spelt(guidance.direct_answer),
        divert=spelt(guidance.divert),
        linkage=spelt(guidance.linkage),
    )


def _node(above: str, at: Branch | Leaf) -> Category:
    return Category(above + at.code, at.name, at.words, at.aliases, at.sheet)


def read_terms(resources: Path) -> tuple[Term, ...]:
    """Read the glossary itself.

    Raises:
        InvalidValue: It is missing or wrong.
    """
    glossary = read_yaml(resources / "glossary.yaml", GlossaryFile)
    return tuple(
        Term(name, entry.zh, entry.en, entry.meaning, entry.source, group)
        for group, entries in glossary.groups.items()
        for name, entry in entries.items()
    )
