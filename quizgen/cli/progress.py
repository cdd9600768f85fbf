"""A progress bar for what takes long: on a terminal only, and only once there is something to report."""

import sys
from contextlib import ExitStack
from typing import Any, Final, Self

import click

_TICKS: Final = 1000


class ProgressBar:
    """To be called, inside a ``with``, with the share that is done, 0 to 1; the bar appears at the first call."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._open = ExitStack()
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, share: float) -> None:
        """Draw the bar up to ``share``."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            bar = click.progressbar(length=_TICKS, label=self._label, file=sys.stderr)
            self._bar = self._open.enter_context(bar)
        self._bar.update(round(share * _TICKS) - self._bar.pos)

    def __exit__(self, kind: object, *exception: object) -> None:
        if kind is None and self._bar is not None:
            self(1.0)
        self._open.close()


class StatusLine:
    """One line on stderr that is rewritten in place, on a terminal only; cleared before anything else is printed."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Put ``text`` in the place of what stood there."""
        if self._is_shown:
            click.echo(f"\r\x1b[2K{text}", err=True, nl=False)

    def clear(self) -> None:
        """Leave nothing there."""
        self.show("")
