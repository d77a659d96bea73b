"""What is done about the one named in a report: orders, cases, requirements, registers, each a life with its own table?"""
