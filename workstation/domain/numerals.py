"""Numerals as callers' words are written, turned into figures where they tell a time."""

import re

_DIGITS = "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
_ZERO, _TEN = "\u96f6", "\u5341"
# With more before it a numeral is part of a larger or a vague number, which tells no time.
_MORE = "\u767e\u5343\u4e07\u4ebf\u4e24\u51e0\u6570\u591a"
_BEFORE = "\u5e74\u6708\u65e5\u53f7\u70b9\u65f6\u5206"
_RUN = re.compile(rf"(?<![{_DIGITS}{_ZERO}{_TEN}{_MORE}])[{_DIGITS}{_ZERO}{_TEN}]{{1,4}}(?=[{_BEFORE}])")
_TENS = re.compile(rf"([{_DIGITS[1:]}]?){_TEN}([{_DIGITS[1:]}]?)")
_LENGTH_OF_YEAR = 4


def in_figures(text: str) -> str:
    """Return *text* with the numerals before a year, month, day, hour or minute as figures; vague ones stay."""
    return _RUN.sub(lambda match: _figures(match.group()), text)


def _figures(run: str) -> str:
    tens = _TENS.fullmatch(run)
    if tens is not None:
        return str(10 * (_digit(tens[1]) or 1) + _digit(tens[2]))
    if _TEN in run or len(run) not in {1, _LENGTH_OF_YEAR}:
        return run
    return "".join(str(_digit(numeral)) for numeral in run)


def _digit(numeral: str) -> int:
    return max(_DIGITS.find(numeral), 0)
