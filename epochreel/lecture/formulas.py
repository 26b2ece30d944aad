"""A rule written for people: as Typst mathematics, and as a line of text.

Both are written from one walk over the rule's tree, and have the digits that the lecturer wrote,
the brackets that they need, and a minus that is one.
"""

import ast
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from epochreel.numbers import MINUS, SUPERSCRIPT

SUM, QUOTIENT, PRODUCT, POWER, ATOM = range(5)
WORD = re.compile("[a-z]{2}")
WHOLE = re.compile(f"{MINUS}?[0-9]+")


@dataclass(frozen=True)
class Part:
    """A piece of a formula, and what it may stand beside.

    Attributes:
        binds: how tightly its outermost operation does, from SUM to ATOM.
        signed: it begins with a sign.
        scales: a factor may follow it without a dot, as the 2 of 2x.
        joins: it may be that factor; a digit, a bar or a fraction may not.
    """

    text: str
    binds: int = ATOM
    signed: bool = False
    scales: bool = False
    joins: bool = True


class Writer(ABC):
    """What the two notations share: which part stands where, and which in brackets.

    Args:
        source: the text that the tree was parsed from, where its numbers are spelled.
    """

    minus: str
    dot: str
    pi: str
    gap: str  # between a sign and what it belongs to

    def __init__(self, source: str) -> None:
        self._source = source

    def write(self, node: ast.expr) -> Part:
        """The node, one that `parse_rule` lets through, as a part of a formula."""
        match node:
            case ast.Constant():
                return self._number(*_spelled(ast.get_source_segment(self._source, node) or ""))
            case ast.Name(id="pi"):
                return Part(self.pi, scales=True)
            case ast.Name(id=name):
                # "2e" would be the beginning of a number.
                return Part(name, joins=name != "e")
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(name, [self.write(argument).text for argument in arguments])
            case ast.UnaryOp(op=op, operand=operand):
                return self._signed(op, _unsigned(self.write(operand), QUOTIENT))
            case ast.BinOp(left=left, op=op, right=right):
                return self._operation(op, self.write(left), self.write(right))
        raise AssertionError(f"parse_rule let {ast.dump(node)} through")

    def _operation(self, op: ast.operator, left: Part, right: Part) -> Part:
        match op:
            case ast.Pow():
                return self.power(_unsigned(left, ATOM), right)
            case ast.Div():
                return self.quotient(left, right)
            case ast.Mult():
                return self._product(_bracketed(left, PRODUCT), _unsigned(right, POWER))
        sign = "+" if isinstance(op, ast.Add) else self.minus
        return Part(f"{left.text} {sign} {_unsigned(right, QUOTIENT).text}", SUM)

    def _product(self, left: Part, right: Part) -> Part:
        times = self.joint(right) if left.scales and right.joins else self.dot
        scales = left.scales and right.scales
        return Part(f"{left.text}{times}{right.text}", PRODUCT, left.signed, scales)

    def _signed(self, op: ast.unaryop, part: Part) -> Part:
        sign = self.minus if isinstance(op, ast.USub) else "+"
        return replace(part, text=f"{sign}{self.gap}{part.text}", signed=True)

    def _number(self, digits: str, exponent: int | None) -> Part:
        """1.50, and with an exponent 1.5·10⁶ or 10⁶."""
        number = Part(digits, scales=True, joins=False)
        if exponent is None:
            return number
        size = Part(str(abs(exponent)))
        power = self.power(
            Part("10", joins=False), self._signed(ast.USub(), size) if exponent < 0 else size
        )
        power = replace(power, scales=True)
        return power if digits == "1" else self._product(number, power)

    @abstractmethod
    def joint(self, factor: Part) -> str:
        """What stands between a number and a factor that needs no dot."""

    @abstractmethod
    def power(self, base: Part, exponent: Part) -> Part:
        """An atom raised to a power."""

    @abstractmethod
    def quotient(self, left: Part, right: Part) -> Part:
        """A fraction."""

    @abstractmethod
    def call(self, name: str, arguments: Sequence[str]) -> Part:
        """A function of its arguments."""


class Typst(Writer):
    """Typst mathematics: `frac((x + 1)^(2), 3)`."""

    minus, dot, pi, gap = "-", " dot ", "pi", " "

    def joint(self, factor: Part) -> str:
        """A space, without which Typst would read one name."""
        return " "

    def power(self, base: Part, exponent: Part) -> Part:
        """Brackets that show where the exponent ends, and are not drawn."""
        return Part(f"{base.text}^({exponent.text})", POWER, joins=base.joins)

    def quotient(self, left: Part, right: Part) -> Part:
        """One above the other."""
        # Behind a number it would be read as 2½ is.
        return Part(f"frac({left.text}, {right.text})", POWER, joins=False)

    def call(self, name: str, arguments: Sequence[str]) -> Part:
        """By Typst's names, which set a function upright or as its sign."""
        # Typst knows every other name, and sets it upright or as the sign that it stands for.
        name_in_typst = 'op("relu")' if name == "relu" else name
        return Part(
            f"{name_in_typst}({', '.join(arguments)})",
            # Of sin(x)² one could ask what is raised, of |x|² not.
            ATOM if name in ("abs", "floor") else POWER,
            # Bars open and close alike.
            joins=name != "abs",
        )


class Plain(Writer):
    """A line of text: `(x + 1)²/3`."""

    minus, dot, pi, gap = MINUS, "·", "π", ""

    def joint(self, factor: Part) -> str:
        """A space before a word, nothing before a letter or a bracket."""
        return " " if WORD.match(factor.text) else ""

    def power(self, base: Part, exponent: Part) -> Part:
        """Raised digits where the exponent is a whole number."""
        raised = (
            exponent.text.translate(SUPERSCRIPT)
            if WHOLE.fullmatch(exponent.text)
            else f"^({exponent.text})"
        )
        return Part(f"{base.text}{raised}", POWER, joins=base.joins)

    def quotient(self, left: Part, right: Part) -> Part:
        """Side by side."""
        left = _bracketed(left, PRODUCT)
        return Part(f"{left.text}/{_unsigned(right, POWER).text}", QUOTIENT, left.signed)

    def call(self, name: str, arguments: Sequence[str]) -> Part:
        """By its name, or as a sign that fonts have."""
        inside = ", ".join(arguments)
        if name == "abs":
            return Part(f"|{inside}|", joins=False)
        return Part(f"{'√' if name == 'sqrt' else name}({inside})", POWER)


def _bracketed(part: Part, tightness: int) -> Part:
    return part if part.binds >= tightness else Part(f"({part.text})")


def _unsigned(part: Part, tightness: int) -> Part:
    """The part behind an operator, where no sign may stand without brackets."""
    return Part(f"({part.text})") if part.signed else _bracketed(part, tightness)


def _spelled(literal: str) -> tuple[str, int | None]:
    """The digits of a number as they were written, and its power of ten if it has one."""
    literal = literal.replace("_", "").lower()
    if literal[:2] in ("0b", "0o", "0x"):
        return str(int(literal, 0)), None
    digits, _, exponent = literal.partition("e")
    whole, _, decimals = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{decimals}" if decimals else whole, int(exponent) if exponent else None
