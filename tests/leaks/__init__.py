"""Does anything of a person come out sideways: by a log, a metric, an address, an error, a file's name?"""
