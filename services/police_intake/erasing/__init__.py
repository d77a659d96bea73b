"""How is a person erased: asked for by one, approved by another, done after some days by destroying the keys?"""
