"""How would others do the same work: naively, carefully by hand, or not at all?"""
