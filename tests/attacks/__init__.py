"""What happens when somebody sends what nobody would send in good faith?"""
