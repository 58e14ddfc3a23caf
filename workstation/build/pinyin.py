"""The speller of names in pinyin; it runs at build time only."""

from pypinyin import lazy_pinyin


def syllables(name: str) -> tuple[str, ...]:
    """Spell *name*, one syllable per character; marks are left out, digits and letters stay one by one."""
    spelt: list[str] = []
    for part in lazy_pinyin(name):
        text = part.strip().lower()
        spelt += [text] if text.isalpha() and text not in name.lower() else [c for c in text if c.isalnum()]
    return tuple(part for part in spelt if part.isascii())
