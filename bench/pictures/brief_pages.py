"""Draw the pages of a brief in PDF for the docs.

python -m bench.pictures.brief_pages BRIEF.pdf --to docs/pictures

Needs pdftoppm (Poppler). The pictures are named brief-1.png and so on.
"""

import argparse
import subprocess
from pathlib import Path

# Enough to read the text of an A4 page on a screen.
DOTS_PER_INCH = "72"


def main() -> None:
    """Draw the pages of the given brief."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("brief", type=Path)
    parser.add_argument("--to", type=Path, default=Path("docs/pictures"), help="the folder the pictures go to")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    subprocess.run(["pdftoppm", "-png", "-r", DOTS_PER_INCH, given.brief, given.to / "brief"], check=True)


if __name__ == "__main__":
    main()
