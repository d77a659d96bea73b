"""Does every name say what the thing is, and does plumbing know no agency?"""

import ast
import re
import tomllib

from tests.house import tree

HOLLOW = ("Event", "Manager", "Handler", "Helper", "Util", "Utils", "Helpers", "Data", "Impl")
# `font-family` is a word of style sheets.
AGENCY_WORDS = re.compile(
    r"police|victim|health|clinic|(?<!font-)famil(?:y|ies)|shelter|detox|narcolog|respondent|offender|crisis|social"
    r"|akimat|violence|intoxicat|household|(?<![a-z])patients?(?![a-z])|hospital",
    re.IGNORECASE,
)
TOPIC = re.compile(r"""["'`]([a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*\.v\d+)["'`]""")
# A sentence: the mark `test`, and at least four words after it.
SENTENCE = re.compile(r"test(_[^_]+){4,}$")


def class_names() -> list[tuple[str, str]]:
    nodes = [(path, node) for path in tree.python() for node in ast.walk(tree.parsed(path))]
    return [
        (f"{tree.name(path)}:{node.name}", node.name)
        for path, node in nodes
        if isinstance(node, ast.ClassDef)
    ]


def topics() -> set[str]:
    return set(tomllib.loads(tree.text(tree.ROOT / "schemas/topics.toml"))["topics"])


def topic_names_in(path) -> set[str]:
    """Topic names written in a file; a test may invent its own, but not write a real one."""
    written = set(TOPIC.findall(tree.text(path)))
    return written & topics() if tree.name(path).startswith("tests/") else written


def test_no_class_ends_in_a_hollow_word():
    tree.hold("a hollow class name", [where for where, name in class_names() if name.endswith(HOLLOW)])


def test_no_module_ends_in_a_hollow_word():
    hollow = tuple(word.lower() for word in HOLLOW)
    tree.hold(
        "a hollow module name", [tree.name(p) for p in tree.python() if p.stem.split("_")[-1] in hollow]
    )


def test_plumbing_holds_no_word_of_an_agency():
    held = [path for path in tree.texts() if tree.name(path).startswith("plumbing/")]
    found = {tree.name(path): sorted(set(AGENCY_WORDS.findall(tree.text(path)))) for path in held}
    tree.hold("plumbing knows an agency", {path: words for path, words in found.items() if words})


def test_topic_names_are_written_in_one_file_only():
    held = [p for p in tree.texts() if tree.name(p).split("/")[0] in tree.CODE and p.suffix != ".md"]
    found = {tree.name(path): sorted(topic_names_in(path)) for path in held}
    tree.hold(
        "a topic name outside schemas/topics.toml", {path: names for path, names in found.items() if names}
    )


def test_every_topic_is_named_owner_noun_version():
    wrong = [
        name for name in topics() if not re.fullmatch(r"[a-z]+(-[a-z]+)+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*", name)
    ]
    tree.hold("a topic misnamed", wrong)


def test_every_module_opens_with_a_sentence_about_itself():
    silent = [tree.name(path) for path in tree.python() if not ast.get_docstring(tree.parsed(path))]
    tree.hold("a module without its sentence", silent)


def test_every_test_name_is_a_sentence_of_four_words():
    named = [
        found
        for path in tree.python("tests")
        for found in tree.functions(path)
        if path.name.startswith("test_")
    ]
    tests = [(where, node.name) for where, node in named if node.name.startswith("test")]
    tree.hold(
        "a test name that says too little", [where for where, name in tests if not SENTENCE.match(name)]
    )
