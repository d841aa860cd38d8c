"""Write the generated parts of the documents.

python -m bench.docs
"""

from bench.docs.documents import DOCUMENTS


def main() -> None:
    """Update each document, and print the names of those that changed."""
    for document, generate in DOCUMENTS.items():
        before = document.read_text(encoding="utf-8") if document.exists() else ""
        after = generate(before)
        if after != before:
            document.write_text(after, encoding="utf-8")
            print(f"updated {document.parent.name}/{document.name}")


if __name__ == "__main__":
    main()
