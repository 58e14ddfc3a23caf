"""Personal values that mask themselves wherever they are printed."""

from typing import Self


class _Masked:
    """An immutable text whose ``repr`` and ``str`` never show it; only ``.text`` does."""

    __slots__ = ("text",)
    text: str

    def __init__(self, text: str = "") -> None:
        object.__setattr__(self, "text", text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return (type(self), (self.text,))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.text == self.text

    def __hash__(self) -> int:
        return hash((type(self), self.text))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()})"

    __str__ = __repr__

    def masked(self) -> str:
        """Show just enough to tell two of them apart."""
        return "*" * min(len(self.text), 4)


class Phone(_Masked):
    """A caller's number, digits as they are dialled."""

    __slots__ = ()

    def masked(self) -> str:
        """Show the first three and the last two digits."""
        if len(self.text) < len("1380000"):
            return "*" * len(self.text)
        return f"{self.text[:3]}****{self.text[-2:]}"


class PersonName(_Masked):
    """A person's name or form of address."""

    __slots__ = ()

    def masked(self) -> str:
        """Show the family name only."""
        return self.text[:1] + "*" * min(max(len(self.text) - 1, 0), 3)


class Address(_Masked):
    """A place somebody lives at or speaks of."""

    __slots__ = ()


class IdNumber(_Masked):
    """A resident identity number."""

    __slots__ = ()

    def masked(self) -> str:
        """Show the province and the last digit."""
        if len(self.text) < len("110101900101"):
            return "*" * len(self.text)
        return f"{self.text[:2]}****{self.text[-1:]}"


PERSONAL: tuple[type[_Masked], ...] = (Phone, PersonName, Address, IdNumber)
