"""Whom does the law call for, who is asked, and who has answered? (coordinating body)"""
