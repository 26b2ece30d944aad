"""The rule that makes the targets, `2*x + 1`: parsed, never executed.

Python's own grammar reads the text; only the node types listed here are given a meaning,
so a lecture file can hold arithmetic on `x` and nothing else.
"""

import ast
import math
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from epochreel.errors import BadRule, shown
from epochreel.lecture.formulas import Plain, Typst
from epochreel.numbers import LEVEL, MINUS, RAISED

Array = npt.NDArray[np.float64]


def relu(x: Array) -> Array:
    """What is above zero, and zero for the rest."""
    return np.maximum(x, 0.0)


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "abs": np.abs,
    "cos": np.cos,
    "exp": np.exp,
    "floor": np.floor,
    "log": np.log,
    "max": np.maximum,
    "min": np.minimum,
    "relu": relu,
    "sin": np.sin,
    "sqrt": np.sqrt,
    "tan": np.tan,
    "tanh": np.tanh,
}
OF_TWO = ("max", "min")
CONSTANTS = {"pi": math.pi, "e": math.e}
OPERATORS: dict[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}
MAX_LENGTH = 200
MAX_DEPTH = 40
LARGEST_NUMBER = np.finfo(np.float64).max

# What people write on paper, and paste, as the code that it stands for.
ON_PAPER = {"^": "**", "·": "*", "×": "*", "π": "pi", "√": "sqrt"}
RAISED_NUMBER = re.compile(f"[{RAISED}]+")
TOKEN = re.compile(r"(\s*)((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[a-zA-Z_]\w*|\S)")


@dataclass(frozen=True)
class Rule:
    """A function of x, as text, as arithmetic, and as a formula."""

    text: str
    tree: ast.expr

    def __call__(self, x: Array) -> Array:
        """Evaluate the rule for every element of `x`; the shape stays."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(_value(self.tree, x), dtype=float), x.shape)

    @property
    def typst(self) -> str:
        """The rule as Typst mathematics: `2*x**2 - 1` becomes `2 x^(2) - 1`."""
        return Typst(self.text).write(self.tree).text

    @property
    def plain(self) -> str:
        """The rule as a line of text: `2*x**2 - 1` becomes `2x² − 1`."""
        return Plain(self.text).write(self.tree).text


def parse_rule(text: str) -> Rule:
    """Read a rule such as `2*x + 1` or `sin(pi*x)/2`.

    Raises:
        BadRule: the text is no arithmetic on `x`; says which part is not understood, or what to
            write instead.
    """
    if len(text) > MAX_LENGTH:
        raise _bad(text, f"has {len(text)} characters; {MAX_LENGTH} is the limit.")
    try:
        return _parsed(text.strip())
    except BadRule as error:
        instead = _written_as_code(text)
        if instead is None:
            raise
        caret = ": ^ is no power here" if "^" in text else ""
        raise _bad(text, f"is not written as code{caret}; write '{instead}'.") from error


def _parsed(text: str) -> Rule:
    try:
        with warnings.catch_warnings():
            # Python's advice on code that will not run.
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval").body
        _check(tree, text, 0)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _bad(text, "is not arithmetic. Write it like '2*x + 1' or 'sin(x)**2'.") from error
    return Rule(text, tree)


def _written_as_code(text: str) -> str | None:
    """A rule written as on paper, 2x^2, as code: 2*x**2; None where that is no rule either."""
    for sign, code in ON_PAPER.items():
        text = text.replace(sign, code)
    text = RAISED_NUMBER.sub(lambda found: "**" + found[0].translate(LEVEL), text)
    mended, before = "", ""
    for space, token in TOKEN.findall(text.replace(MINUS, "-")):
        mended += ("*" if _is_product(before, token) else space) + token
        before = token
    try:
        return _parsed(mended.strip()).text
    except BadRule:
        return None


def _is_product(before: str, token: str) -> bool:
    """Whether on paper these two stand for a product, as 2 and x do."""
    if before in FUNCTIONS or (before[:1].isdigit() and token[0].isdigit()):
        return False
    return (before[-1:].isalnum() or before == ")") and (token[0].isalnum() or token == "(")


def _check(node: ast.expr, text: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _bad(text, f"is nested too deeply; {MAX_DEPTH} is the limit.")
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _check_number(number, text)
        case ast.Name(id=name):
            if name == "x" or name in CONSTANTS:
                return
            raise _bad(
                text,
                f"has an unknown name {shown(name)}. "
                f"It may use x, {', '.join(CONSTANTS)} and the functions {', '.join(FUNCTIONS)}.",
            )
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            _check(left, text, depth + 1)
            return _check(right, text, depth + 1)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _check(operand, text, depth + 1)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            _check_call(name, len(arguments), text)
            for argument in arguments:
                _check(argument, text, depth + 1)
            return
    raise _bad(
        text,
        f"has a part that is not arithmetic on x: {shown(ast.unparse(node))}. "
        f"It may use + - * / ** and the functions {', '.join(FUNCTIONS)}.",
    )


def _check_number(number: float, text: str) -> None:
    if number > LARGEST_NUMBER:
        raise _bad(text, f"has a number beyond {LARGEST_NUMBER:.1e}, the largest there is.")


def _check_call(name: str, count: int, text: str) -> None:
    if name not in FUNCTIONS:
        raise _bad(
            text,
            f"has an unknown function {shown(name)}. It may use {', '.join(FUNCTIONS)}.",
        )
    wanted, example = (2, f"{name}(x, 0)") if name in OF_TWO else (1, f"{name}(x)")
    if count != wanted:
        raise _bad(text, f"gives {name} too few or too many arguments. Write it like {example}.")


def _bad(text: str, problem: str) -> BadRule:
    return BadRule(f"The rule {shown(text)} {problem}", field="data.rule", value=text)


def _value(node: ast.expr, x: Array) -> Array:
    match node:
        case ast.Constant(value=int() | float() as number):
            return np.asarray(number, dtype=float)
        case ast.Name(id=name):
            return x if name == "x" else np.asarray(CONSTANTS[name])
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, x), _value(right, x))
        case ast.UnaryOp(op=op, operand=operand):
            return -_value(operand, x) if isinstance(op, ast.USub) else _value(operand, x)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*(_value(argument, x) for argument in arguments))
    raise AssertionError(f"parse_rule let {ast.dump(node)} through")
