"""Readers of formulas, which know nothing of how they are written: a formula in, its values out.

They read as a person does, and refuse what a person could read in two ways.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": np.abs,
    "cos": np.cos,
    "exp": np.exp,
    "floor": np.floor,
    "frac": np.divide,
    "log": np.log,
    "max": np.maximum,
    "min": np.minimum,
    'op("relu")': lambda x: np.maximum(x, 0),
    "relu": lambda x: np.maximum(x, 0),
    "sin": np.sin,
    "sqrt": np.sqrt,
    "√": np.sqrt,
    "tan": np.tan,
    "tanh": np.tanh,
}
RAISED_WHOLE = ("abs", "floor")  # between signs of their own
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))


class Reader:
    """Reads a formula from left to right and computes it for `x` as it goes.

    Raises:
        AssertionError: it is no formula, or one with two meanings.
    """

    tokens: str
    minus: str
    dot: str
    pi: str

    def __init__(self, formula: str, x: Any) -> None:
        self.left = re.findall(self.tokens, formula)
        assert "".join(self.left).replace(" ", "") == formula.replace(" ", "")
        self.x = x

    def values(self) -> Any:
        with np.errstate(all="ignore"):
            values = self.sum()
        assert not self.left, f"does not end before {self.left}"
        return np.broadcast_to(values, self.x.shape)

    @property
    def next(self) -> str:
        return self.left[0] if self.left else ""

    def take(self, token: str = "") -> str:
        assert self.left and (not token or self.next == token), f"{token} expected: {self.left}"
        return self.left.pop(0)

    def sum(self) -> Any:
        sign = self.take() if self.next in ("+", self.minus) else "+"
        total = self.product() if sign == "+" else -self.product()
        while self.next in ("+", self.minus):
            sign, term = self.take(), self.product()
            total = total + term if sign == "+" else total - term
        return total

    def product(self) -> Any:
        before, total = self.next, self.factor()
        while True:
            if self.next == self.dot:
                self.take()
            elif not self.follows_without_a_dot(before):
                break
            before, factor = self.next, self.factor()
            total = total * factor
        if self.next == "/":
            self.take()
            total = total / self.factor()
            assert self.next not in ("/", self.dot, "("), "a quotient in a product has two readings"
            assert not self.follows_without_a_dot("1")
        return total

    def follows_without_a_dot(self, before: str) -> bool:
        """Whether a factor comes at once, as people write 2x, and not x2, 22, 2½ or 2|x|."""
        starts = self.next == "(" or (self.next[:1].isalpha() and self.next != "frac")
        if not (starts or self.next == "√") or self.next in (self.dot, "abs", "e"):
            return False
        assert before[0].isdigit() or before == self.pi, f"{before}{self.next} may be one name"
        return True

    def factor(self) -> Any:
        name, value = self.next, self.atom()
        if self.next == "^":
            self.take()
            exponent = self.bracket()
        elif self.next[:1] in RAISED and self.next:
            exponent = float("".join(RAISED[digit] for digit in self.take()))
        else:
            return value
        assert name in RAISED_WHOLE or name not in FUNCTIONS, f"what of {name} is raised?"
        assert self.next != "^" and self.next[:1] not in {*RAISED}
        return np.power(value, exponent)

    def atom(self) -> Any:
        if self.next in ("(", "|"):
            return self.bracket()
        name = self.take()
        if name in FUNCTIONS:
            arguments = self.arguments()
            return FUNCTIONS[name](*arguments)
        known = {"x": self.x, "e": np.asarray(np.e), self.pi: np.asarray(np.pi)}
        assert name in known or name[0].isdigit(), f"{name} is no number"
        return known[name] if name in known else np.asarray(float(name))

    def bracket(self) -> Any:
        opened = self.take()
        value = self.sum()
        self.take({"(": ")", "|": "|"}[opened])
        return np.abs(value) if opened == "|" else value

    def arguments(self) -> Sequence[Any]:
        self.take("(")
        arguments = [self.sum()]
        while self.next == ",":
            self.take()
            arguments.append(self.sum())
        self.take(")")
        return arguments


class TypstReader(Reader):
    """`frac((x + 1)^(2), 3)`: spaces part names, and `a dot b` is a product."""

    tokens = r'\d+(?:\.\d+)?|op\("relu"\)|[a-z]+|\S'
    minus, dot, pi = "-", "dot", "pi"


class PlainReader(Reader):
    """`(x + 1)²/3`."""

    tokens = r"\d+(?:\.\d+)?|[a-z]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\S"
    minus, dot, pi = "−", "·", "π"
