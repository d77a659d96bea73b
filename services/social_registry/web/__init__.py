"""What do people at a centre or akimat see, and what can they do? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from plumbing.pages import Desk
from services.social_registry import store
from services.social_registry.web.referrals import add_referrals
from services.social_registry.web.register import add_register


def add_pages(app: FastAPI, desk: Desk) -> None:
    """Guests, notices and the register; their acts are the commands that the demo's staff use too."""
    add_referrals(app, desk)
    add_register(app, desk)

    @app.get("/worklist.json")
    def listed() -> list[dict[str, Any]]:
        """Live referrals without names: what staff software polls."""
        found = desk.look(store.worklist)
        acts = desk.service.law.referrals.acts
        return [
            {
                "need_id": one.need_id, "kind": one.kind, "state": one.state, "facility": one.facility_code,
                "region": region, "acts": [move.name for move in acts(one.kind, one.state)],
            }
            for one, region, *_ in found
        ]
