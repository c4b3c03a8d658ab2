"""One row per thing people refer to (`F-12`, later `L-4`, `D-7` …): number, title, state, owner, audience.

Links, search, pickers, Home and every reference in a text read only this.
"""
