"""Which stories take weeks? They put the clock of one service forward."""
