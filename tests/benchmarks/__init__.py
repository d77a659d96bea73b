"""How fast is it, where does the time go, and what would simpler ways of doing the same cost?"""
