"""Does operations see what people would feel, in time and in words that mend it?"""
