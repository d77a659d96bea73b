"""Who has a name at Kafka besides the services?"""

from __future__ import annotations

BROKER, ADMIN = "broker", "admin"   # super users: the broker itself, and who makes topics, users and rights
OPERATIONS, ANYBODY = "ops", "anybody"      # may only see that things are there; may read what is public
