"""How is a message carried, once and in order? This package knows no agency and no word of their work."""

VERSION = "0.1.0"  # as in pyproject.toml
