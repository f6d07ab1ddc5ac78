"""The figures of one work: alone, and with eight at a time."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

# Shorter runs, for trying the benchmark itself, take a tenth of everything.
SHORT = 10 if os.environ.get("BENCH_SHORT") else 1
WARM_UP, ALONE, SECONDS, FORMS = 10 // SHORT, 100 // SHORT, 4 / SHORT, 40 // SHORT
# What takes seconds for one answer is asked as often as this many seconds allow, and a few times in any case.
LONGEST, FEWEST = 15 / SHORT, 20 // SHORT
AT_A_TIME = 8


def measure(work, world, server, browsers, log):
    """`browsers` are signed in, one for each that asks at the same time."""
    first = browsers[0]
    following = work.prepare(world, first)
    warm_up(work, browsers, following)
    server.forget_peaks()
    answers = list(one_by_one(work, first, following))
    counted = send(work, first, following(), X_Bench_Count="1")
    figures = alone(answers) | sizes(answers[-1])
    figures["queries"] = int(counted.headers["x-bench-queries"])
    figures["a second"] = at_once(work, world, browsers, following)
    figures["memory MB"] = round(server.peak(), 1)
    log(work, figures)
    return figures


def warm_up(work, browsers, following):
    """Until both workers have read what they keep, so all ask at once. Forms are opened and sent one by one:
    two of one plan at a time, and the second would be told so."""
    until = time.perf_counter() + LONGEST
    if work.writes:
        for _ in range(WARM_UP):
            send(work, browsers[0], following())
        return
    requests = iter([following() for _ in range(WARM_UP * len(browsers))])
    a_second(browsers, lambda browser: send_all(work, browser, requests, until))


def one_by_one(work, browser, following):
    until = time.perf_counter() + LONGEST
    for number in range(ALONE):
        if number >= FEWEST and time.perf_counter() > until:
            break
        yield send(work, browser, following())


def send(work, browser, request, **headers):
    path, fields = request
    answer = browser.get(path, **headers) if fields is None else browser.post(path, fields, **headers)
    if answer.status != work.expects:
        raise RuntimeError(f"{work.name}: {path} answers {answer.status}, not {work.expects}. {said(answer)}")
    return answer


def said(answer):
    from tests.filling import problems

    return problems(answer) if answer.headers.get("content-type", "").startswith("text/html") else ""


def alone(answers):
    spent = [answer.seconds * 1000 for answer in answers]
    worked = [float(answer.headers["x-bench-cpu"]) for answer in answers]
    return {
        "p50": round(median(spent), 2),
        "p95": round(quantiles(spent, n=20)[-1], 2),
        "cpu": round(median(worked), 2),
    }


def sizes(answer):
    return {"bytes": len(answer.content), "packed": len(answer.packed)}


def at_once(work, world, browsers, following):
    """Requests a second, eight asking. Forms are opened before, so that only sending them is counted."""
    if work.writes:
        requests = iter([following() for _ in range(forms_at_once(work, world))])
        return a_second(browsers, lambda browser: send_all(work, browsers[0], requests))
    until = time.perf_counter() + SECONDS
    return a_second(browsers, lambda browser: send_until(work, browser, following, until))


def a_second(browsers, do):
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(browsers)) as pool:
        done = sum(pool.map(do, browsers))
    return round(done / (time.perf_counter() - begun), 1)


def send_all(work, browser, requests, until=float("inf")):
    done = 0
    for request in requests:
        send(work, browser, request)
        done += 1
        if time.perf_counter() > until:
            break
    return done


def send_until(work, browser, following, until):
    done = 0
    while time.perf_counter() < until:
        send(work, browser, following())
        done += 1
    return done


def forms_at_once(work, world):
    """No two reviews of one plan at the same time: the second would be told so, rightly."""
    from .works import plans_to_review

    return min(FORMS, len(plans_to_review(world)) - 1) if work.name == "review a plan" else FORMS
