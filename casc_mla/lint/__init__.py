"""Word templates: canonical text, contract checks."""
