"""A month of the seeded company with everything on: what each person is sent on each day, counted and judged.

`python -m tests.simulation docs/quiet.md` lives through it and writes the page; the test beside it does the same.
"""
