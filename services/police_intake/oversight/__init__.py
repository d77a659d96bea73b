"""What is overseen by a prosecutor: is a report registered in time, and what is not registered at all?"""
