"""What does an officer do with what a machine must not decide: held records, possible doubles, her own answers?"""
