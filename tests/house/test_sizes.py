"""Is every file, function and nesting small enough to be read in one go?"""

import ast
from statistics import median

from tests.house import tree

FILE_LINES_MAX, FILE_LINES_MEDIAN = 200, 80
FUNCTION_LINES_MAX, FUNCTION_LINES_MEDIAN = 30, 8
PARAMETERS_MAX, NESTING_MAX = 4, 3
BLOCKS = ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith | ast.Try | ast.Match
INNER = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


def file_lines(*tops: str) -> dict[str, int]:
    return {tree.name(path): len(tree.text(path).splitlines()) for path in tree.python(*tops)}


def all_functions(*tops: str) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [found for path in tree.python(*tops) for found in tree.functions(path)]


def lines(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def parameters(node: ast.FunctionDef) -> int:
    """What a caller must remember the order of: keyword-only ones, self and cls are not counted."""
    positional = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return len(positional) - (positional[:1] in (["self"], ["cls"]))


def depth(node: ast.AST) -> int:
    """How many blocks stand inside each other; an elif is no deeper, an inner function starts anew."""
    inner = (child for child in ast.iter_child_nodes(node) if not isinstance(child, INNER))
    return max((depth(child) + _opens(child, node) for child in inner), default=0)


def _opens(child: ast.AST, parent: ast.AST) -> bool:
    is_elif = isinstance(child, ast.If) and isinstance(parent, ast.If) and parent.orelse == [child]
    return isinstance(child, BLOCKS) and not is_elif


def over(limit: int, found: dict[str, int]) -> dict[str, int]:
    return {key: value for key, value in found.items() if value > limit}


def test_no_file_is_longer_than_two_hundred_lines():
    tree.hold("a file too long", over(FILE_LINES_MAX, file_lines()))


def test_half_of_the_product_files_have_eighty_lines_at_most():
    assert median(file_lines(*tree.PRODUCT).values()) <= FILE_LINES_MEDIAN


def test_no_function_is_longer_than_thirty_lines():
    tree.hold(
        "a function too long", over(FUNCTION_LINES_MAX, {key: lines(node) for key, node in all_functions()})
    )


def test_half_of_the_product_functions_have_eight_lines_at_most():
    assert median(lines(node) for _, node in all_functions(*tree.PRODUCT)) <= FUNCTION_LINES_MEDIAN


def test_no_function_takes_more_than_four_parameters():
    tree.hold(
        "too many parameters", over(PARAMETERS_MAX, {key: parameters(node) for key, node in all_functions()})
    )


def test_no_block_stands_more_than_three_deep():
    tree.hold("nested too deep", over(NESTING_MAX, {key: depth(node) for key, node in all_functions()}))


def test_an_elif_counts_as_no_deeper_than_its_if():
    ladder = ast.parse(
        "def f(x):\n if x:\n  pass\n elif x > 1:\n  pass\n elif x > 2:\n  for y in x:\n   pass\n"
    )
    assert depth(ladder.body[0]) == 2
