"""Which inspector for the protection of women is on shift in which district, and who is there for whom?"""
