"""When people work, are away, and how much we may ask of them a day."""
