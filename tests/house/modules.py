"""Which module imports which? The graph that the import rules are read from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.house import tree


@cache
def by_name() -> dict[str, Path]:
    """Dotted name → file, for every module of ours; a package is named by its folder."""
    paths = (p for p in tree.files() if p.suffix == ".py" and tree.name(p).split("/")[0] in tree.CODE)
    return {dotted(path): path for path in paths}


def dotted(path: Path) -> str:
    return tree.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def imported(module: str) -> frozenset[str]:
    """Full names a module imports: ours as modules, strangers as written ('psycopg2.extras', 'time')."""
    path = by_name()[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    wanted = (item for node in _import_nodes(tree.parsed(path)) for item in _targets(node, package))
    return frozenset(_module_of(item) for item in wanted) - {module}


@cache
def ours(module: str) -> tuple[str, ...]:
    return tuple(sorted(name for name in imported(module) if name in by_name()))


def strangers(module: str) -> set[str]:
    """Top names of what is not ours: {'psycopg2', 'time'}."""
    return {name.split(".")[0] for name in imported(module) if name not in by_name()}


def reachable(module: str) -> set[str]:
    """The module and all of ours it pulls in, however far away."""
    seen, waiting = {module}, [module]
    while waiting:
        fresh = set(ours(waiting.pop())) - seen
        seen |= fresh
        waiting += fresh
    return seen


def loops(modules: Iterable[str]) -> list[str]:
    """Every module that imports itself by a detour."""
    return sorted(module for module in modules if any(module in reachable(inner) for inner in ours(module)))


@cache
def longest_chain(module: str) -> tuple[str, ...]:
    """The longest way down from a module. Ask only when there are no loops."""
    tails = [longest_chain(inner) for inner in ours(module)]
    return (module, *max(tails, key=len, default=()))


def _import_nodes(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports at any depth, but not what only a type checker sees."""
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        waiting += ast.iter_child_nodes(node)


def _targets(node: ast.Import | ast.ImportFrom, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    parts = package.split(".")
    above = parts[: len(parts) - node.level + 1] if node.level else []
    base = ".".join([*above, *([node.module] if node.module else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


def _module_of(target: str) -> str:
    """'plumbing.codec.decode' is the module plumbing.codec; what is not ours stays as it is."""
    name = target
    while name and name not in by_name():
        name = name.rpartition(".")[0]
    return name or target
