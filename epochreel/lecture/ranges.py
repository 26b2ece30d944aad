"""Numbers that a lecture may name: those that float32 holds."""

from typing import Annotated

from pydantic import AfterValidator, Field

LARGEST_FLOAT32 = 3.4028234663852886e38
SMALLEST_FLOAT32 = 1.1754943508222875e-38


def _within_float32(value: float) -> float:
    if abs(value) > LARGEST_FLOAT32:
        raise ValueError(f"{value:g} is beyond float32, which ends at {LARGEST_FLOAT32:.1e}.")
    return value


def _no_zero(value: float) -> float:
    if value < SMALLEST_FLOAT32:
        raise ValueError(f"{value:g} is zero in float32, which begins at {SMALLEST_FLOAT32:.1e}.")
    return value


Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_within_float32)]
Positive = Annotated[Number, Field(gt=0), AfterValidator(_no_zero)]
