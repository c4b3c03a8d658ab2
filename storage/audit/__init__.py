"""Who did what to which thing: append-only, ids, verbs and enumerated values, never free text."""
