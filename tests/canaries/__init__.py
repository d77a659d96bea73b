"""Where does each thing a person told end up? Words nobody else has are put in, and everything written is searched."""
