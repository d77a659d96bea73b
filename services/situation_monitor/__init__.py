"""What does the country look like now? Counts from all services; nobody stands in them. (ministries, akimats)"""
