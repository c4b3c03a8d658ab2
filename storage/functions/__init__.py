"""The functions of a company, as a workspace has them: what each is called and was, and under which one it counts."""
