"""A request becomes a Word letter, and the letter is read back before it is released."""
