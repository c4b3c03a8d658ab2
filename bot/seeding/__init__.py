"""Four weeks of Northwind's history, made through the front door: the demo opens in the middle of a company's life."""
