"""Are names formed and misspelt as people do it?"""

from random import Random

from simulation.names import folded, full_name, in_latin, without_patronymic


def test_kazakh_letters_fold_into_russian_ones():
    assert folded("Құнанбаев Әсел") == "Кунанбаев Асел"


def test_a_name_can_stand_in_latin_letters():
    assert in_latin("Құнанбай Жанар") == "Qunanbai Zhanar"


def test_a_patronymic_can_be_left_out():
    assert without_patronymic("Ким Ольга Андреевна") == "Ким Ольга"


def test_endings_of_a_name_follow_the_sex():
    women = {full_name(Random(n), "kazakh", "female", 1970).split()[2] for n in range(50)}
    assert all(patronymic.endswith("вна") for patronymic in women)
    men = {full_name(Random(n), "kazakh", "male", 2000).split()[2] for n in range(50)}
    assert all(patronymic.endswith("ұлы") for patronymic in men)
