"""Do all services have one shape, so that who knows one knows all?"""

import pytest

from tests.house import tree

FILES = (
    "messages.py",
    "facts.py",
    "decisions.py",
    "store.py",
    "wiring.py",
    "__main__.py",
    "README.md",
    "tables.sql",
)
FOLDERS = ("migrations", "web")
# Where the law is asked, it lies beside the decision as dated data.
LAWFUL = ("referral_router", "situation_monitor")
TOP = ("deploy", "docs", "plumbing", "schemas", "services", "simulation", "tests")


def missing(service: str) -> list[str]:
    home = tree.ROOT / "services" / service
    # A file that outgrows its room becomes a folder of the same name.
    files = [
        name for name in FILES if not (home / name).is_file() and not (home / name.split(".")[0]).is_dir()
    ]
    folders = [
        name for name in (*FOLDERS, *(("rules",) if service in LAWFUL else ())) if not any_in(home / name)
    ]
    return [f"services/{service}/{name}" for name in (*files, *folders)]


def any_in(folder) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def test_every_service_has_the_same_shape():
    tree.hold("a service lacks a part", [part for service in tree.services() for part in missing(service)])


def test_every_service_has_tests_of_its_decisions():
    bare = [name for name in tree.services() if not any((tree.ROOT / "tests" / name).glob("test_decisions*"))]
    tree.hold("a service's decisions are untested", bare)


def test_no_folder_stands_beside_the_seven():
    found = {tree.name(path).split("/")[0] for path in tree.files() if "/" in tree.name(path)}
    tree.hold("a top folder too many", {top for top in found if top not in TOP and not top.startswith(".")})


def test_migrations_run_in_an_order_their_names_tell():
    steps = [path for path in tree.files() if path.parent.name == "migrations" and path.suffix == ".sql"]
    tree.hold("a migration without a number", [tree.name(p) for p in steps if not p.name[:4].isdigit()])
    numbers = [(path.parent, path.name[:4]) for path in steps]
    assert len(numbers) == len(set(numbers)), "two migrations of one service share a number"


@pytest.mark.parametrize("folder", [top for top in TOP if top != "docs"])
def test_every_room_of_the_story_exists(folder):
    assert (tree.ROOT / folder).is_dir()
