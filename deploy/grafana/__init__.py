"""What does operations look at? The dashboard is made by `python -m deploy.grafana` and kept as JSON beside."""
