"""How many there are of something, in words. Pure."""


def counted(number: int, one: str, many: str) -> str:
    """`1 idea`, `2 ideas`."""
    return f"{number:,} {one if number == 1 else many}"
