"""Who did what here, who looked at whom, and has anybody touched the record of it?"""
