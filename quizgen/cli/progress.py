"""A progress bar for what takes long: on a terminal only, and only once there is something to report."""

import sys
from contextlib import ExitStack
from time import monotonic
from typing import Any, Final, Self

import click

_TICKS: Final = 1000
_BAR_WIDTH: Final = 30
_SECONDS_BETWEEN_LINES: Final = 10.0


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


class CountBar:
    """Told how many of ``total`` are done: a bar with rate and remaining time on a terminal, else a line now and then.

    Everything goes to stderr; nothing with ``quiet``.
    """

    def __init__(self, label: str, *, total: int, quiet: bool = False) -> None:
        self._label, self._total, self._quiet = label, total, quiet
        self._is_terminal = sys.stderr.isatty()
        self._begun = self._told = monotonic()
        self._before: int | None = None
        self.done = 0

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int) -> None:
        """Say that so many are done; what the first call names was done before."""
        now = monotonic()
        if self._before is None:
            self._before = done
        self.done = done
        if self._quiet:
            return
        if self._is_terminal:
            click.echo(f"\r\x1b[2K{self._bar(now)}", err=True, nl=False)
        elif now - self._told >= _SECONDS_BETWEEN_LINES or (done == self._total and self._told > self._begun):
            self._told = now
            click.echo(self._line(now), err=True)

    def close(self) -> None:
        """Leave the terminal's line clear."""
        if self._is_terminal and not self._quiet:
            click.echo("\r\x1b[2K", err=True, nl=False)

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _line(self, now: float) -> str:
        made = self.done - (self._before or 0)
        rate = made / max(now - self._begun, 1e-3)
        left = f", {_clock((self._total - self.done) / rate)} left" if rate and self.done < self._total else ""
        return f"{self._label}: {self.done} of {self._total}, {rate:.0f} a second{left}"

    def _bar(self, now: float) -> str:
        filled = _BAR_WIDTH * self.done // max(self._total, 1)
        return f"[{'#' * filled}{'-' * (_BAR_WIDTH - filled)}] {self._line(now)}"


def _clock(seconds: float) -> str:
    """``75`` seconds as ``1:15``, an hour as ``1:00:00``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
