"""Is a grid that would mislead an officer refused, with file, line and reason, and is one in use never edited?"""

import shutil

import pytest

from services.police_intake.risk.loading import FOLDER, UnusableGrid, digest_of, load

FILE = "kz_rg_1.toml"


@pytest.fixture
def edited(tmp_path):
    """edited(old, new): the folder with the grid changed so, and locked as it reads now unless locked=False."""

    def edit(old, new, *, locked=True):
        shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        text = (tmp_path / FILE).read_text("utf-8")
        assert old in text
        text = text.replace(old, new, 1)
        (tmp_path / FILE).write_text(text, "utf-8")
        if locked:
            (tmp_path / "in_force.lock.toml").write_text(f'[digests]\n"KZ-RG/1" = "{_digest(text)}"\n', "utf-8")
        return tmp_path

    return edit


def _digest(text):
    try:
        return digest_of(text)
    except ValueError:
        return ""


@pytest.mark.parametrize("old, new, reason", [
    ('id = "gun"\nkind = "points"\npoints = 3', 'id = "gun"\nkind = "points"\npoints = 0', "points of its own"),
    ('id = "weapon"\nkind = "hard"', 'id = "weapon"\nkind = "maybe"', "hard or points"),
    ('kk = "Бұл адам 25 жасқа толмаған ба?"', 'kk = ""', "not asked in kk"),
    ('id = "gun"', 'id = "stalking"', "asked twice"),
    ('unknown_at_least = "medium"', 'unknown_at_least = "grave"', "no such grade"),
    ("points_min = 10", "points_min = 4", "begins later"),
    ("reassess_hours = 72\n", "reassess_hours = 200\n", "looked at again sooner"),
    ("points_min = 0", "points_min = 1", "everybody gets one"),
    ('certainty = "proposal"', "", "certainty is missing"),
    ("version = 1", "version = ", "Invalid value"),
])
def test_a_grid_that_would_mislead_is_refused_with_its_line(edited, old, new, reason):
    with pytest.raises(UnusableGrid, match=rf"{FILE}:\d+: .*{reason}"):
        load(edited(old, new))


def test_a_grade_is_never_loaded_without_its_limits_in_every_language(edited):
    with pytest.raises(UnusableGrid, match="limits: they are missing in en"):
        load(edited('[limits]\nen = "', '[limits]\nen = ""\nold = "'))


def test_a_grid_somebody_was_graded_by_is_never_edited(edited):
    with pytest.raises(UnusableGrid, match="was edited: bring it back"):
        load(edited("points = 3", "points = 1", locked=False))


def test_the_end_of_a_grid_may_be_written_in_later(edited):
    folder = edited("in_force_from = 2026-11-24", "in_force_from = 2026-11-24\nin_force_until = 2027-11-24", locked=False)
    assert load(folder).versions[0].in_force_until is not None


def test_a_grid_that_was_taken_away_is_missed(edited):
    folder = edited("version = 1", "version = 2")
    (folder / "in_force.lock.toml").write_text('[digests]\n"KZ-RG/1" = "0"\n', "utf-8")
    with pytest.raises(UnusableGrid, match="lock it"):
        load(folder)
