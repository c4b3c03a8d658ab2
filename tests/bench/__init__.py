"""`make bench`: how fast the way in is, as ratios to a floor measured on the same machine in the same minutes.

docs/benchmarks.md says what is measured and how; `python -m tests.bench` writes build/bench.json.
"""
