"""What did she agree to, how is it taken back, and when may something be told without her yes?"""
