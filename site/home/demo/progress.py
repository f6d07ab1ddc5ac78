"""Says what is being done and how long it took, for everything that may take more than two seconds."""

from contextlib import contextmanager
from time import monotonic

EVERY = 5  # seconds between two numbers


class Progress:
    def __init__(self, out):
        self.out = out

    @contextmanager
    def step(self, words):
        began = monotonic()
        self.say(f"{words} …")
        yield
        self.say(f" {monotonic() - began:.0f} s\n")

    def count(self, work, words):
        """Go through `work`, showing a number every few seconds. Returns how many there were."""
        done, said = 0, monotonic()
        with self.step(words):
            for done, _ in enumerate(work, start=1):
                if monotonic() - said > EVERY:
                    said = monotonic()
                    self.say(f" {done} …")
            self.say(f" {done} in")
        return done

    def say(self, words):
        self.out.write(words, ending="")
        self.out.flush()
