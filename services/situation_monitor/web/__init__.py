"""What do ministries and akimats see? One picture of the country, without a person in it."""

from __future__ import annotations

from fastapi import FastAPI

from plumbing.pages import Desk


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The picture; its data come later in this file's life."""
