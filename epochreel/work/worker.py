"""A process that does what it is told through its standard input, until that ends.

Run as a file, not imported: what it loads of the project has to come after `keep_sources`. When
the process that started it dies, however it dies, its input ends, and so does this one.

Each message is written after its length: its kind, and a pickle. In: `sys.path` as a bare pickle,
then "share" with a value, which the tasks after it get as their first argument, and "do" with
(function, arguments). Out: "event" with an Event, "done" with a result or "failed" with an error.
Both ends are this project's own; nothing of a user's is read in this way.
"""

import gc
import os
import pickle
import queue
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")
KIND = 8  # bytes at a message's beginning, which can be read without the pickle


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """Read one message.

    Raises:
        EOFError: the other end is no more.
    """
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return message


def main() -> None:
    """Work until the input ends."""
    # The real output is for messages; whatever a library prints goes where warnings go.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting), daemon=True).start()
    sys.path[:] = pickle.loads(waiting.get())
    _keep_sources()
    shared = None
    # Next to nothing that a task makes refers to itself in a circle: rubbish is looked for between
    # tasks, and only in what the last one made.
    gc.disable()
    try:
        while True:
            kind, content = unpacked(waiting.get())
            if kind == "share":
                shared = content
            else:
                function, arguments = content
                send(out, _answer(function, arguments, shared, out))
                gc.collect()
                gc.freeze()
    except BrokenPipeError:  # nobody waits for it any more
        os._exit(0)


def _keep_sources() -> None:
    """Load `epochreel.work.code` before the packages that it lies in, and have it watch."""
    name = "epochreel.work.code"
    spec = spec_from_file_location(name, Path(__file__).with_name("code.py"))
    assert spec
    assert spec.loader
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.keep_sources()


def _listen(stream: BinaryIO, waiting: "queue.SimpleQueue[bytes]") -> None:
    """Take tasks in while another is being done; end with whoever sends them."""
    while True:
        try:
            waiting.put(receive(stream))
        except (EOFError, OSError):
            os._exit(0)


def _answer(
    function: Callable[..., Any], arguments: tuple[Any, ...], shared: Any, out: BinaryIO
) -> bytes:
    try:
        result = function(shared, lambda event: send(out, packed("event", event)), *arguments)
        return packed("done", result)
    except Exception as error:
        return packed("failed", _plain(error))


def packed(kind: str, content: Any) -> bytes:
    """A message."""
    return kind.ljust(KIND).encode() + pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)


def kind_of(message: bytes) -> str:
    """What kind of message it is; its content is not unpacked."""
    return message[:KIND].decode().rstrip()


def unpacked(message: bytes) -> tuple[str, Any]:
    """A message's kind and content."""
    return kind_of(message), pickle.loads(memoryview(message)[KIND:])


def _plain(error: BaseException) -> Exception:
    """An error that the other end can unpack, without the libraries it comes from."""
    from epochreel.errors import EpochreelError
    from epochreel.files import DISK_FULL

    if isinstance(error, EpochreelError):
        return error
    if isinstance(error, OSError) and error.errno is not None:
        return OSError(error.errno, os.strerror(error.errno), error.filename)
    # What an encoder makes of a full disk, Manim makes an error of its own of.
    behind = error.__cause__ or error.__context__
    found = _plain(behind) if behind else None
    if isinstance(found, OSError) and found.errno in DISK_FULL:
        return found
    return RuntimeError("".join(traceback.format_exception(error)))


if __name__ == "__main__":
    main()
