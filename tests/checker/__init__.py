"""Which promises are broken? An independent look at the databases and topics of a running Qorgan.

It shares no code with `plumbing/` or `services/`: its own SQL, its own Kafka consumer, its own reading of
`schemas/`, and the reference implementation of Avro.
"""

from tests.checker.checking import Checker, violations

__all__ = ["Checker", "violations"]
