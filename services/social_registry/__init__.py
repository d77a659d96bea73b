"""Crisis centres and notices about families: who has a place, who holds it, who decides? (labour ministry)"""
