"""Print every figure that documents quote: ``python -m benchmarks [TOPIC ...]``.

Topics are the modules of this folder that have a ``main``; without a topic all run but coverage and portfolio,
which take long (``make coverage``, ``python -m benchmarks.portfolio``).
"""

import importlib
import sys

TOPICS = ("startup", "report", "uncertainty", "roadmap")


def main(topics: list[str]) -> None:
    """Run the topics in turn."""
    for name in topics or TOPICS:
        sys.stdout.write(f"\n{name}\n")
        sys.stdout.flush()
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
