"""Request files become trees whose every value knows its line and column."""
