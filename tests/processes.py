"""Processes that tests start."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import AnyStr


@contextmanager
def ended(process: "subprocess.Popen[AnyStr]") -> "Iterator[subprocess.Popen[AnyStr]]":
    """A process that ends by itself within the block. A test that fails kills it, else it would wait for ever."""
    with process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
