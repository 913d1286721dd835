"""Schema and checklist rules become findings."""
