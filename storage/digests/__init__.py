"""What a digest or a catch-up tells: one read over every feature, through the eyes of whoever will read it."""
