"""What rings when a person must act? Raised with the event, sent at least once, passed on till somebody answers."""
