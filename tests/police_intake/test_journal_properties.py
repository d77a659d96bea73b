"""Does every file get an answer, and every row one verdict, whatever they hold?"""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.police_intake.journal import UnreadableJournal, read_journal, read_row
from services.police_intake.names import fits, fold_name
from tests.chance import examples
from tests.police_intake.journal_text import GOOD, NOW, SAMPLES, TITLE, journal_of, ruled

VERDICTS = {"report", "held", "ignored", "rejected"}
SEEDED = settings(derandomize=True, deadline=None, max_examples=examples(150))
ALPHABET = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯәғқңөұүһіӘҒҚҢӨҰҮҺІ 0123456789.,-"
)
LOCAL_TEXT = st.text(ALPHABET, max_size=40).map(str.strip)
HEADER = journal_of(GOOD).split("\r\n")[1]
NUMBERS = st.integers(0, len(GOOD) - 1)


@SEEDED
@given(LOCAL_TEXT, LOCAL_TEXT, st.sampled_from(["utf-8", "utf-8-sig", "kz1048", "utf-16"]))
def test_kazakh_and_russian_text_survives_every_encoding(name, story, codec):
    text = journal_of(GOOD | {"Адрес события": name, "Фабула": story})
    [row] = ruled(text.encode(codec))
    [same] = ruled(text.encode("utf-8"))
    assert (row.content["address"], row.content["narrative"]) == (name, story)
    assert row.content_hash == same.content_hash


@SEEDED
@given(st.permutations(list(GOOD)))
def test_the_order_of_the_columns_changes_nothing_of_the_record(order):
    [row] = ruled(journal_of({name: GOOD[name] for name in order}))
    [same] = ruled(journal_of(GOOD))
    assert (row.report, row.content_hash) == (same.report, same.content_hash)


@SEEDED
@given(NUMBERS, st.text(max_size=60))
def test_any_text_in_any_cell_of_a_journal_gets_one_verdict(column, text):
    name = list(GOOD)[column]
    rows = ruled(journal_of(GOOD | {name: text}, GOOD).encode("utf-8", "surrogatepass"))
    assert {row.verdict for row in rows} <= VERDICTS
    assert rows[-1].verdict == "report"
    assert all(set(row.doubts) <= set(GOOD) for row in rows)


@SEEDED
@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_row_after_the_header_gets_one_verdict_and_can_be_kept(cells):
    text = "\n".join([TITLE, HEADER, ";".join(cells)])
    for row in ruled(text):
        assert row.verdict in VERDICTS
        assert row.reason or row.verdict == "report"
        "".join(row.content.values()).encode()
        assert "\0" not in "".join(row.content.values())


@SEEDED
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_journal_or_refused_in_one_sentence(content, with_header):
    try:
        journal = read_journal((HEADER + "\n").encode() * with_header + content)
    except UnreadableJournal as refused:
        assert refused.reason
        return
    assert {read_row(row, journal.extracted_at, NOW).verdict for row in journal.rows} <= VERDICTS


@settings(SEEDED, max_examples=examples(300))
@given(st.integers(1200, 36500), st.binary(min_size=1, max_size=12) | st.text('"\';\n\0', min_size=1, max_size=4))
def test_damage_to_one_record_leaves_every_other_as_it_was(place, damage):
    content = bytearray((SAMPLES / "journal_utf8.csv").read_bytes())
    damage = damage if isinstance(damage, bytes) else damage.encode()
    damaged_line = 1 + bytes(content[:place]).count(b"\n")
    others = [row for row in read_journal(bytes(content)).rows if abs(row.line - damaged_line) > 1]
    content[place : place + len(damage)] = damage
    kept = {row.content_hash for row in ruled(bytes(content))}
    assert {read_row(row, None, NOW).content_hash for row in others} <= kept


@SEEDED
@given(st.integers(0, 26), st.sampled_from(['"', "'", '""', "«", '" ', ' "']))
def test_a_quote_in_one_record_changes_no_other(column, quote):
    cells = list(GOOD.values())
    cells[column] += quote
    broken = quote + ";".join(cells)
    good = journal_of(GOOD).split("\r\n")[2]
    rows = ruled("\r\n".join([TITLE, HEADER, good, broken, good, good]))
    assert [row.verdict for row in rows if row.record != 2] == ["report"] * 3


@SEEDED
@given(LOCAL_TEXT)
@example("І0Ъ")
def test_a_name_folds_to_a_key_that_folds_to_itself_and_fits_itself(name):
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fits(name, name) == bool(fold_name(name))


@SEEDED
@given(st.text(max_size=40), st.text(max_size=40))
def test_whether_two_names_fit_does_not_depend_on_who_is_asked_first(name_a, name_b):
    assert fits(name_a, name_b) == fits(name_b, name_a)
