"""One wish, from the call in which it was said to the customer who hears that it is there; as a test and in pictures."""
