"""Detox beds and examinations: who has a bed, who was brought, what does the narcologist decide? (health ministry)"""
