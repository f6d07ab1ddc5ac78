"""Where the processor's time of a work goes: python -m tests.bench.profile SIZE WORK, in DATABASE_URL.

Inside this process, without a server: the same requests through Django's own test client.
"""

import cProfile
import pstats
import sys

import django

TIMES, LINES = 30, 40


class Direct:
    """In place of `browser.Browser`."""

    def __init__(self, person):
        from django.test import Client

        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(person)

    def get(self, path, **headers):
        return marked(self.client.get(path))

    def post(self, path, fields, **headers):
        return marked(self.client.post(path, fields))

    def form(self, path, **answers):
        from .browser import filled

        return filled(self.get(path), answers)


def marked(response):
    response.status = response.status_code
    return response


def main():
    size, name = sys.argv[1:]
    django.setup()
    from .people import World
    from .sizes import SIZES
    from .works import works_at

    [work] = [work for work in works_at(SIZES[size]) if work.name == name]
    world = World()
    browser = Direct(getattr(world, work.role).person)
    following = work.prepare(world, browser)
    profiler = cProfile.Profile()
    for number in range(TIMES + 3):
        path, fields = following()
        if number >= 3:
            profiler.enable()
        answer = browser.get(path) if fields is None else browser.post(path, fields)
        profiler.disable()
        if answer.status != work.expects:
            raise SystemExit(f"{path} answers {answer.status}")
    print(f"{name} at {size}, {TIMES} times")
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(LINES)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(LINES)


if __name__ == "__main__":
    main()
