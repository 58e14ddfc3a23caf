"""The pages that are read out of the source without running it: docs/modules.md and docs/keys.md."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workstation.build.docs_table import page, table

LAYERS = (
    "domain",
    "protocol",
    "settings",
    "desk",
    "gateway",
    "bridge",
    "adapters",
    "build",
    "practice",
    "ui",
    "bootstrap",
)
ABOUT_MODULES = """\
One line a module, from its docstring, lowest layer first: each may import only what stands above it here, and desk,
gateway, bridge, adapters and build do not know each other.
"""
ABOUT_KEYS = """\
The table `KEYS` in `workstation/ui/keys.py`; the window's key-caps and its page of all keys come from it too.
"""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the table of keys as it stands in the source."""

    scope: str
    keys: str
    text: str


def modules_page(root: Path) -> str:
    """Return docs/modules.md."""
    package = root / "workstation"
    parts = []
    for layer in (*LAYERS, "__main__"):
        rows = [[f"`{path.relative_to(package).as_posix()}`", _first_line(path)] for path in _files(package, layer)]
        parts.append(f"## {layer}\n\n{table(['module', 'what it is'], rows)}")
    return page("Modules", ABOUT_MODULES, *parts)


def _files(package: Path, layer: str) -> list[Path]:
    alone = package / f"{layer}.py"
    if alone.is_file():
        return [alone]
    found = sorted((package / layer).rglob("*.py"))
    return [path for path in found if path.name != "__init__.py" and "migrations" not in path.parts]


def _first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def keys_page(root: Path) -> str:
    """Return docs/keys.md."""
    tree = ast.parse((root / "workstation" / "ui" / "keys.py").read_text(encoding="utf-8"))
    scopes = _scopes(tree)
    rows = list(_key_rows(tree, _short_names(tree)))
    parts = [
        f"## {title}\n\n"
        + table(["keys", "what they do"], ([row.keys, row.text] for row in rows if row.scope == scope))
        for scope, title in scopes.items()
    ]
    return page("Keys", ABOUT_KEYS, *parts)


def _scopes(tree: ast.Module) -> dict[str, str]:
    scope = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Scope")
    assigned = (node for node in scope.body if isinstance(node, ast.Assign))
    return {_name(node.targets[0]): _text(node.value) for node in assigned}


def _short_names(tree: ast.Module) -> dict[str, str]:
    """Return the scope that each short name of the table stands for."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            target = node.targets[0]
            if isinstance(target, ast.Tuple):
                return {_name(a): _name(b) for a, b in zip(target.elts, node.value.elts, strict=True)}
    return {}


def _key_rows(tree: ast.Module, scopes: dict[str, str]) -> Iterator[KeyRow]:
    for call in _calls(tree):
        given = {word.arg: _text(word.value) for word in call.keywords if word.arg == "then"}
        match _name(call.func):
            case "Key":
                _, sequence, scope, text = call.args[:4]
                keys = f"{_text(sequence)}, then {given['then']}" if given else _text(sequence)
            case "_numbered":
                _, modifier, digits, scope, text = call.args[:5]
                first, after = (int(_text(end)) for end in _call(digits).args)
                keys = f"{_text(modifier)}{first} … {_text(modifier)}{after - 1}"
            case _:
                _, _, letters, scope, text = call.args[:5]
                keys = " ".join(_text(letters))
        yield KeyRow(scopes.get(_name(scope), _name(scope)), f"`{keys}`", _text(text))


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    found = next(node for node in tree.body if isinstance(node, ast.AnnAssign) and _name(node.target) == "KEYS")
    rows = found.value.elts if isinstance(found.value, ast.Tuple) else []
    for row in rows:
        yield _call(row.value if isinstance(row, ast.Starred) else row)


def _call(node: ast.expr) -> ast.Call:
    if not isinstance(node, ast.Call):
        raise TypeError(f"line {node.lineno}: not a row of the table")
    return node


def _name(node: ast.expr) -> str:
    """Return a plain name, or the last part of a dotted one."""
    return node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)


def _text(node: ast.expr) -> str:
    """Return a literal, marked for translation or not."""
    literal = node.args[-1] if isinstance(node, ast.Call) else node
    return str(ast.literal_eval(literal))
