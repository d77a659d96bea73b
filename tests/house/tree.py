"""What files does this repository hold, and what stands in them? The one reader behind every house rule."""

from __future__ import annotations

import ast
import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("deploy", "plumbing", "services", "simulation")
CODE = (*PRODUCT, "tests")
# Folders of machines, not of people.
UNREAD = {".git", ".venv", "var", "build", "node_modules", "vendor"}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".sql",
    ".html",
    ".css",
    ".js",
    ".json",
    ".avsc",
    ".yaml",
    ".yml",
    ".csv",
    ".txt",
    ".sh",
}


@cache
def files() -> tuple[Path, ...]:
    """Every file people wrote, caches and environments left out."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(
            name for name in inner if name not in UNREAD and not name.endswith(("cache", "cache__"))
        )
        found += [Path(folder, name) for name in sorted(names)]
    return tuple(found)


def name(path: Path) -> str:
    """The path from the root, as exceptions.toml and messages write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    """The text of a file; a journal in another encoding keeps at least its digits."""
    return path.read_bytes().decode("utf-8", errors="replace")


@cache
def texts() -> tuple[Path, ...]:
    """Every file that holds text, those without an ending (Makefile, LICENSE) and locks included."""
    return tuple(path for path in files() if path.suffix in TEXT or path.suffix in ("", ".lock", ".in"))


@cache
def python(*tops: str) -> tuple[Path, ...]:
    """Python files that are not empty, under the top folders given (all code if none is)."""
    wanted = tops or CODE
    return tuple(
        p for p in files() if p.suffix == ".py" and p.stat().st_size and name(p).split("/")[0] in wanted
    )


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


@cache
def functions(path: Path) -> tuple[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef], ...]:
    """Every function of a file, methods and inner ones too, as ('path:name', node)."""
    found = (
        node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return tuple((f"{name(path)}:{node.name}", node) for node in found)


@cache
def services() -> tuple[str, ...]:
    """The services there are today: folders of services/ with Python in them."""
    inner = (ROOT / "services").iterdir()
    return tuple(sorted(p.name for p in inner if p.is_dir() and any(p.glob("*.py"))))


@cache
def exceptions() -> dict[str, dict[str, str]]:
    """rule → {what is let off: why}."""
    return tomllib.loads(text(ROOT / "tests/house/exceptions.toml"))


def hold(rule: str, offenders: Iterable[str] | Mapping[str, object]) -> None:
    """Fail on every offender that is not excepted, and on every exception that is no longer needed."""
    found = {key: (offenders[key] if isinstance(offenders, Mapping) else "") for key in offenders}
    excepted = exceptions().get(rule, {})
    broken = [f"{key} {found[key]}".strip() for key in sorted(found) if key not in excepted]
    stale = sorted(set(excepted) - set(found))
    assert not broken, f"{rule}:\n  " + "\n  ".join(broken)
    assert not stale, (
        f"{rule}: no longer needed in tests/house/exceptions.toml, strike out:\n  " + "\n  ".join(stale)
    )
