"""The roles of decisions, as a workspace has them: what each is called and was, and which rule it follows."""
