"""Many send at the same moment: how are they answered out of one transaction, each with an answer of its own?

Whoever comes while nobody is at it decides at once; whoever comes meanwhile waits, and all who wait are the next batch.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from plumbing import actors
from plumbing.audit import context
from plumbing.refusals import Conflict, LostConnection
from plumbing.service import Heard

Run = Callable[[Sequence[Heard]], Sequence[Sequence[Any]]]


@dataclass(eq=False)
class _Sent:
    """One command, who sent it for what (rows of the audit name them), and what it waits for."""

    heard: Heard
    who: tuple[Any, ...]
    turn: threading.Event = field(default_factory=threading.Event)
    events: Sequence[Any] | None = None
    away: Exception | None = None
    leads: bool = False


class Together:
    """The line at one door. Nobody waits in it for a time: only for those before them to be decided."""

    def __init__(self) -> None:
        self._lock, self._line, self._is_led = threading.Lock(), list[_Sent](), False

    def run(self, heard: Heard, run: Run) -> Sequence[Any]:
        """Give this command's events; `run` decides a batch, in one transaction. Raises what it raises for this one alone."""
        mine = _Sent(heard, (actors.current.get(), context.purpose.get()))
        if not self._joins(mine):
            mine.turn.wait()
        if mine.leads:
            self._lead(mine, run)
        if mine.away is not None:
            raise mine.away
        return run([heard])[0] if mine.events is None else mine.events

    def _joins(self, mine: _Sent) -> bool:
        with self._lock:
            self._line.append(mine)
            self._is_led, mine.leads = True, not self._is_led
            return mine.leads

    def _lead(self, mine: _Sent, run: Run) -> None:
        batch = self._next(mine.who)
        try:
            for sent, events in zip(batch, run([sent.heard for sent in batch]), strict=True):
                sent.events = events
        except (LostConnection, Conflict) as error:
            for sent in batch:
                sent.away = error
        except Exception:
            if len(batch) == 1:
                raise
            # One of them is to blame and nobody knows which: each goes alone, and the one hears it.
        finally:
            self._pass_on()
            for sent in batch:
                sent.turn.set()

    def _next(self, who: tuple[Any, ...]) -> list[_Sent]:
        """All in the line who are of one name: a batch is written down as one actor's."""
        with self._lock:
            batch = [sent for sent in self._line if sent.who == who]
            self._line = [sent for sent in self._line if sent.who != who]
            return batch

    def _pass_on(self) -> None:
        with self._lock:
            self._is_led = bool(self._line)
            if self._line:
                self._line[0].leads = True
                self._line[0].turn.set()
