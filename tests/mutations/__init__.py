"""Does anything notice when one line that keeps a secret is gone? See docs/adr/0015-mutations.md."""
