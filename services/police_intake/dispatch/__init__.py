"""How does an incident that a dispatch system publishes become a report? The same path as every other door's."""
