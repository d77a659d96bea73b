"""What do people at a detox centre, clinic or treatment facility see, and what can they do?"""
