"""Which epochs of a run are recorded: all, or as many as a record has room for."""

from collections.abc import Collection

import numpy as np

# About 12 MB of JSON, which takes no user of the recorder a tenth of their training to write.
# 10,000 epochs of the lecture loss_function are half a million numbers.
MAX_RECORDED_NUMBERS = 1_000_000


def kept_epochs(last: int, room: int, always: Collection[int] = ()) -> set[int]:
    """Which of the epochs 0 to `last` are recorded, when there is room for `room` of them.

    All, if they fit. Else the first half of them is the first epochs, one by one, since a network
    changes most at the start; the gaps between the others grow up to the last epoch. Those of
    `always` come on top.
    """
    if last < room:
        return {*range(last + 1)}
    room = max(room, 2)
    start = (room + 1) // 2
    later = np.arange(1, room - start + 1)
    gaps = np.rint((last - room + 1) * (later / later[-1]) ** 2).astype(int)
    spread = start - 1 + later + gaps
    return {*range(start), *spread.tolist(), *(epoch for epoch in always if epoch <= last)}
