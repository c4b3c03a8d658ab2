"""`python -m tests.proof.parts MODULE SHARE`: run one part, and say line by line on standard output how far it is."""

import json
import os
import signal
import sys
from dataclasses import asdict

from tests.proof.parts import Part
from tests.proof.scale import Scale


def main() -> None:
    """The entry point; told to stop, it tidies up."""
    module, share = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    line = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no line of ours

    def say(**what: object) -> None:
        print(json.dumps(what), file=line)

    part = Part(module, 0)
    figures = part.run(Scale(float(share), lambda what, done, of: say(what=what, done=done, of=of)))
    if strangers := [one.name for one in figures if not one.name.startswith(f"{part.name}.")]:
        raise ValueError(f"figures of another part: {', '.join(strangers)}")
    say(figures=[asdict(one) for one in figures])


if __name__ == "__main__":
    main()
