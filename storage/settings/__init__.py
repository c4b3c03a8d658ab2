"""What a workspace has set: one row per setting, with who set it."""
