"""How does a journal say that it cannot be read at all?"""


class UnreadableJournal(Exception):
    """The file is no journal; `reason` is one sentence for the person who sent it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
