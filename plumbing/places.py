"""Where does a message stand on the wire, and whose Kafka is it?"""

from __future__ import annotations

Place = tuple[str, int]  # topic, partition


class AnotherKafka(RuntimeError):
    """What the database says speaks of another Kafka, or of a topic made anew; a person must say `recover`."""
