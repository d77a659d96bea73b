"""How is somebody turned away at the door? By a sentence for machines, or an answer that leads a person on."""

from __future__ import annotations

from fastapi.responses import Response


class Refused(Exception):
    """What was shown at the door is not good; the text says what is wrong with it, and nothing of what it holds."""


class Turned(Exception):
    """Whoever asks is led elsewhere: to the login, or to a page that keeps what was typed."""

    def __init__(self, answer: Response) -> None:
        super().__init__("led elsewhere")
        self.answer = answer
