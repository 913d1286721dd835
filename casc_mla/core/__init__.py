"""What every stage shares: findings, errors, texts, and the place of the data."""
