"""`python -m tests.diagrams`: every state table is drawn into the README of its service."""

from tests.diagrams.drawing import write
from tests.diagrams.readmes import readme, sections

for name, made in sections().items():
    write(readme(name), made)
