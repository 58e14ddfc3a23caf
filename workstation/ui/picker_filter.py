"""What a filter line asks for: words, pinyin from any character on, or a number behind its sign."""

from collections.abc import Sequence

NUMBER_SIGNS = ("#", "\N{FULLWIDTH NUMBER SIGN}")


def number_wanted(typed: str) -> str:
    """Return the number that is looked for; empty where something else is, or nothing yet."""
    wanted = typed.strip()
    return wanted[1:].strip() if wanted.startswith(NUMBER_SIGNS) else ""


def fits(typed: str, words: str, pinyin: Sequence[str]) -> bool:
    """Say whether each word of *typed* stands in *words* or is *pinyin* of it, whole or by initials."""
    if typed.strip().startswith(NUMBER_SIGNS):
        return not number_wanted(typed)
    return all(_fits(token, words.lower(), pinyin) for token in typed.lower().split())


def _fits(token: str, words: str, pinyin: Sequence[str]) -> bool:
    initials = "".join(syllable[0] for syllable in pinyin)
    tails = ("".join(pinyin[start:]) for start in range(len(pinyin)))
    return token in words or token in initials or any(tail.startswith(token) for tail in tails)
