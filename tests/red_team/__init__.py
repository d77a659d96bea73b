"""What can each role do that it must not? Everybody is logged in and tries: `python -m tests.red_team var/endpoints.json`."""
