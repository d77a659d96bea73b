"""How may a call to somebody fail?"""


class TemporaryFailure(RuntimeError):
    """It may go through later."""


class PermanentFailure(RuntimeError):
    """It will never go through like this: the next recipient is rung."""
