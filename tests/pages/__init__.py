"""What do people see, in which language, and does it work by keyboard, by ear and without JavaScript?"""
