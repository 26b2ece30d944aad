"""A rule with a number put in for x: as a formula, and what it is without any rounding."""

import ast
import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from epochreel.lecture.formulas import PRODUCT, Part, Typst
from epochreel.lecture.rule import Rule
from epochreel.numbers import MINUS

LARGEST = 4096  # bits of a power's digits; one with more is no arithmetic for a page
Step = Callable[..., Fraction]

# What keeps a fraction a fraction.
OPERATORS: dict[type[ast.operator], Step] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}
FUNCTIONS: dict[str, Step] = {
    "abs": abs,
    "floor": lambda x: Fraction(math.floor(x)),
    "max": max,
    "min": min,
    "relu": lambda x: max(x, Fraction(0)),
}


def number_in_typst(number: str) -> str:
    """A number as pages show it, as Typst mathematics: −3, or −1.5e−07 with a raised power."""
    return _part(number).text


def put_in(rule: Rule, number: str) -> str:
    """The rule for Typst with a number in x's place: `2 dot (-3) + 1`.

    Args:
        number: as pages show it.
    """
    return _PutIn(rule.text, _part(number)).write(rule.tree).text


def exactly(rule: Rule, number: str) -> Fraction | None:
    """The rule's very value for a number as pages show it; None where that is no fraction."""
    try:
        return _value(rule.tree, rule.text, fraction(number))
    except (ArithmeticError, _NoFraction):
        return None


def fraction(number: str) -> Fraction:
    """The very number that such a text shows."""
    return Fraction(number.replace(MINUS, "-"))


class _PutIn(Typst):
    """The rule's formula; x is a number, so that every product has a dot."""

    def __init__(self, source: str, number: Part) -> None:
        super().__init__(source)
        self._x = number

    def write(self, node: ast.expr) -> Part:
        if isinstance(node, ast.Name) and node.id == "x":
            return self._x
        return super().write(node)

    def joint(self, factor: Part) -> str:
        return self.dot


def _part(number: str) -> Part:
    digits, _, exponent = number.replace(MINUS, "-").partition("e")
    part = Part(digits, signed=digits.startswith("-"), joins=False)
    if not exponent:
        return part
    return replace(part, text=f"{digits} dot 10^({int(exponent)})", binds=PRODUCT)


class _NoFraction(Exception):
    """A part of a rule that no fraction is."""


def _value(node: ast.expr, source: str, x: Fraction) -> Fraction:
    match node:
        case ast.Constant(value=int() as number):
            return Fraction(number)
        case ast.Constant():
            return Fraction(ast.get_source_segment(source, node) or "")
        case ast.Name(id="x"):
            return x
        case ast.UnaryOp(op=op, operand=operand):
            value = _value(operand, source, x)
            return -value if isinstance(op, ast.USub) else value
        case ast.BinOp(left=left, op=op, right=right):
            base, other = _value(left, source, x), _value(right, source, x)
            return (
                _power(base, other) if isinstance(op, ast.Pow) else OPERATORS[type(op)](base, other)
            )
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(argument, source, x) for argument in arguments))
    raise _NoFraction


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator != 1 or abs(exponent.numerator) * bits > LARGEST:
        raise _NoFraction
    return base**exponent.numerator
