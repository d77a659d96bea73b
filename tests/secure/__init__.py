"""Is a closed Kafka closed, and does everything still work behind its doors?"""
