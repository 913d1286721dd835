"""The law as data: instruments, countries, and the way that is open between two States."""
