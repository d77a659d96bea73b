"""Does the picture add up, name every drop-off, and give nobody away in any of its tables? With plain values."""

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from services.situation_monitor import drawing
from services.situation_monitor.books import BY_REGION, KINDS, REGIONS, Books
from services.situation_monitor.picture import Counted, figures, paint
from services.situation_monitor.store import Line
from services.situation_monitor.suppression import SMALL
from services.situation_monitor.tables import Label

TODAY = date(2026, 11, 22)
STEPS = ("", "asked", "answered", "with_person", "arrived", "closed", "withdrawn")


def line(kind, states, number, code="", *, region="KZ-55"):
    return Line(region, "referral_router", kind, *states, code, number, 0)


def registered(region, number, assessed=None):
    told = number if assessed is None else assessed
    return [Line(region, "police_intake", "report", "", "registered", "form", number, 0),
            Line(region, "referral_router", "assessment", "", "assessed", "", told, 0)]


def painted(lines, **more):
    return paint(Counted(lines, **{"days": {}, "places": [], "surges": [], "today": TODAY, **more}))


lives = st.lists(st.tuples(st.sampled_from(REGIONS[:3]), st.sampled_from(KINDS[:2]), st.lists(
    st.sampled_from(STEPS[1:]), min_size=1, max_size=3)), max_size=40)


def lines_of(told):
    moves = Counter((region, kind, pair) for region, kind, states in told
                    for pair in zip(("", *states), states, strict=False) if pair[0] != pair[1])
    reports = Counter(region for region, _, _ in told)
    needs = [line(kind, pair, number, region=region) for (region, kind, pair), number in moves.items()]
    return [*needs, *(one for region, number in reports.items() for one in registered(region, number))]


@given(lives)
@settings(max_examples=100, deadline=None)
def test_every_sum_a_reader_could_make_is_true_of_the_figures(told):
    lines = lines_of(told)
    values, sums = figures(Books(lines), Counted(lines, {}, [], [], TODAY))
    for one in sums:
        if one.total not in ("records",):
            assert values[one.total] == sum(values[part] for part in one.parts), one.total


@given(lives)
@settings(max_examples=100, deadline=None)
def test_no_table_shows_a_small_number_or_lets_one_be_worked_out(told):
    lines = lines_of(told)
    picture = painted(lines)
    numbers = [cell for table in picture.tables for row in table.rows for cell in row if isinstance(cell, int)]
    assert not [cell for cell in numbers if 0 < cell < SMALL]
    _, sums = figures(Books(lines), Counted(lines, {}, [], [], TODAY))
    for one in sums:
        hidden = [name for name in (one.total, *one.parts) if picture.shown[name] is None]
        assert len(hidden) != 1, f"{hidden} can be worked out from {one.total}"


def test_the_funnel_names_where_everybody_dropped_out():
    lines = [*registered("KZ-55", 90), line("shelter", ("", "asked"), 60), line("shelter", ("asked", "answered"), 40),
             line("shelter", ("answered", "arrived"), 25), line("shelter", ("arrived", "closed"), 5),
             line("shelter", ("asked", "with_person"), 8), line("shelter", ("asked", "withdrawn"), 6)]
    rows = {row[1].code: row[2] for row in painted(lines).table("funnel").rows if row[0] == Label("kind", "shelter")}
    assert rows == {"called_for": 54, "not_called_for": 36, "withdrawn": 6, "asked": 6, "with_person": 8, "answered": 15,
                    "closed_otherwise": 0, "arrived": 25}


def test_an_attempt_that_came_to_nothing_moves_no_need():
    lines = [*registered("KZ-55", 20), line("shelter", ("", "asked"), 9), line("shelter", ("asked", "asked"), 7, "full")]
    picture = painted(lines)
    assert picture.shown["shelter.asked"] == 9 and picture.table("ended").rows == ((Label("code", "full"), 7),)


def test_books_that_do_not_agree_are_said_not_to():
    assert painted(registered("KZ-55", 9)).exact
    picture = painted(registered("KZ-55", 12, 6))
    assert not picture.exact
    regions = {row[0].code: row[-1].code for row in picture.table("regions").rows}
    assert (regions["KZ-55"], regions["KZ-10"], regions["KZ"]) == ("differ", "agree", "differ")
    gone = [line("detox", ("asked", "arrived"), 3, region="KZ-10")]
    assert not painted(gone).exact, "somebody left a state nobody ever came to"


def test_who_is_called_for_in_a_region_with_few_centres_is_told_with_all_such_regions_together():
    moves = [line("shelter", ("", "asked"), 9), line("shelter", ("", "asked"), 8, region="KZ"), *registered("KZ-62", 40)]
    table = painted(moves).table("regions")
    place, rows = table.columns.index("shelter.called_for"), {row[0]: row for row in table.rows}
    shown = {label.code: rows[label][place] for label in rows if label.kind == "region"}
    assert (shown["KZ-55"], shown["KZ-62"], shown["KZ"]) == (9, "–", 17)
    together = rows[Label("places_in", "KZ")]
    assert (together[place], together[1]) == (8, "–") and rows[Label("region", "KZ-62")][1] == 40


def test_free_places_are_hidden_where_the_few_taken_could_be_counted():
    places = [("social_registry", "KZ", "night", 40, 37), ("health_narcology", "KZ-10", "bed", 40, 20)]
    rows = painted([], places=places).table("places").rows
    assert [row[4] for row in rows] == [None, 20] and rows[0][1] == Label("places_in", "KZ")


def test_a_life_nobody_had_heard_of_appears_by_itself_and_known_ones_not_twice():
    lines = [Line("KZ-55", "health_narcology", "court", "", "filed", "", 9, 0),
             Line("KZ-55", "health_narcology", "court", "filed", "hospitalised", "", 6, 0),
             Line("KZ", "social_registry", "shelter", "", "held", "", 9, 0)]
    assert painted(lines).table("lives").rows == (
        (Label("kind", "court"), Label("state", "filed"), None), (Label("kind", "court"), Label("state", "hospitalised"), 6))


def test_the_map_has_one_square_for_each_of_the_twenty_regions():
    assert set(drawing.TILES) == set(REGIONS) and len(set(drawing.TILES.values())) == 20
    tiles = {tile.region: tile for tile in drawing.tiles({**dict.fromkeys(REGIONS, 0), "KZ-55": 40, "KZ-10": None, "KZ-11": 5})}
    assert [tiles[f"KZ-{n}"].shade for n in (55, 10, 11, 15)] == [4, 0, 1, 0] and tiles["KZ-10"].number is None


def test_a_hidden_day_is_drawn_without_its_height():
    few, many, none = drawing.bars([None, 40, 0])
    assert few.height == 4.0 and many.height == drawing.HEIGHT and none.height == 0


def test_the_map_stands_on_the_numbers_of_the_table():
    picture = painted([*registered("KZ-55", 40), *registered("KZ-10", 3), *registered("KZ-11", 9)])
    table = {row[0].code: row[1] for row in picture.table("regions").rows}
    assert (table["KZ-55"], table["KZ-10"], table["KZ-11"]) == (40, None, None)
    assert table["KZ-55"] == picture.shown[f"KZ-55/{BY_REGION[0]}"]


def test_the_funnel_draws_a_hidden_part_as_a_stub_that_tells_nothing():
    shown = dict.fromkeys((f"shelter.{step}" for step in drawing.SEGMENTS), 0)
    few = {**shown, "shelter.called_for": 40, "shelter.arrived": 30, "shelter.asked": None, "shelter.answered": None}
    [(kind, segments)] = drawing.ways(few, ["shelter"])
    assert kind == "shelter" and [(one.step, one.number) for one in segments] == [("arrived", 30), ("answered", None), ("asked", None)]
    assert segments[1].width == segments[2].width
