"""Says what is being done and how long it took, for everything that may take more than two seconds."""

from contextlib import contextmanager
from time import monotonic

EVERY = 5  # seconds between two numbers


class Progress:
    def __init__(self, out):
        self.out = out

    @contextmanager
    def step(self, words):
        """One part: its words when it begins, its seconds when it is done."""
        began = monotonic()
        self.say(f"{words} …")
        yield
        self.say(f" {monotonic() - began:.0f} s\n")

    @contextmanager
    def counting(self, words):
        """A long part; call what it gives once for each thing done, and a number appears now and then."""
        done, said = 0, monotonic()

        def count():
            nonlocal done, said
            done += 1
            if monotonic() - said > EVERY:
                said = monotonic()
                self.say(f" {done} …")

        with self.step(words):
            yield count

    def say(self, words):
        self.out.write(words, ending="")
        self.out.flush()
