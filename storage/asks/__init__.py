"""What waits to be asked of or told to people: the one queue everything we begin goes through."""
