"""The rule that makes the targets, `2*x + 1`: parsed, never executed.

Python's own grammar reads the text; only the node types listed here are given a meaning,
so a lecture file can hold arithmetic on `x` and nothing else.
"""

import ast
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from epochreel.errors import BadRule, shown
from epochreel.numbers import exact

Array = npt.NDArray[np.float64]

FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "abs": np.abs,
    "cos": np.cos,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "sqrt": np.sqrt,
    "tan": np.tan,
    "tanh": np.tanh,
}
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

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)


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
        """The rule as Typst mathematics: `2*x + 1` becomes `2 x + 1`."""
        return _typst(self.tree)[0]


def parse_rule(text: str) -> Rule:
    """Read a rule such as `2*x + 1` or `sin(pi*x)/2`.

    Raises:
        BadRule: the text is no arithmetic on `x`; says which part is not understood.
    """
    if len(text) > MAX_LENGTH:
        raise _bad(text, f"has {len(text)} characters; {MAX_LENGTH} is the limit.")
    try:
        with warnings.catch_warnings():
            # Python's advice on code that will not run.
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval").body
        _check(tree, text, 0)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _bad(text, "is not arithmetic. Write it like '2*x + 1' or 'sin(x)**2'.") from error
    return Rule(text.strip(), tree)


def _check(node: ast.expr, text: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _bad(text, f"is nested too deeply; {MAX_DEPTH} is the limit.")
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as number) if number <= LARGEST_NUMBER:
            return
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
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            if name in FUNCTIONS:
                return _check(argument, text, depth + 1)
            raise _bad(
                text,
                f"has an unknown function {shown(name)}. It may use {', '.join(FUNCTIONS)}.",
            )
    raise _bad(
        text,
        f"has a part that is not arithmetic on x: {shown(ast.unparse(node))}. "
        "It may use + - * / ** and functions of one argument.",
    )


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
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return FUNCTIONS[name](_value(argument, x))
    raise AssertionError(f"parse_rule let {ast.dump(node)} through")


def _typst(node: ast.expr) -> tuple[str, int]:
    """The node as Typst mathematics, and how tightly its outermost operation binds."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return exact(Decimal(repr(number)).normalize()), ATOM
        case ast.Name(id=name):
            return name, ATOM
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return f"{name}({_typst(argument)[0]})", ATOM
        case ast.UnaryOp(op=op, operand=operand):
            sign = "-" if isinstance(op, ast.USub) else "+"
            return f"{sign} {_bracketed(operand, SIGN)}", SIGN
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return f"frac({_typst(left)[0]}, {_typst(right)[0]})", ATOM
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return f"{_bracketed(left, ATOM)}^({_typst(right)[0]})", POWER
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            times = " dot " if isinstance(right, ast.Constant) else " "
            return f"{_bracketed(left, PRODUCT)}{times}{_bracketed(right, POWER)}", PRODUCT
        case ast.BinOp(left=left, op=op, right=right):
            sign, tightness = ("+", SUM) if isinstance(op, ast.Add) else ("-", PRODUCT)
            return f"{_bracketed(left, SUM)} {sign} {_bracketed(right, tightness)}", SUM
    raise AssertionError(f"parse_rule let {ast.dump(node)} through")


def _bracketed(node: ast.expr, tightness: int) -> str:
    text, own = _typst(node)
    return text if own >= tightness else f"({text})"
