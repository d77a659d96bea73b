"""Can the side that deals with the offender learn anything of where the victim is? The same day is run with other secrets."""
