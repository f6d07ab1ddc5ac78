"""How long pages take to be usable on Slow 3G: python -m tests.bench.slow_3g

Not a test: the figures depend on the machine. The aim is 5 seconds, with the static files kept from before
and without. It serves the demo with gunicorn and the packed files of production, in a folder of its own.
"""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
ORIGIN, PORT = "http://127.0.0.1:8741", "8741"
SETTINGS = "tests.bench.slow_3g_settings"
PRIYA, PASSWORD = "priya@demo.example", "fortnight-demo"


def run(folder, *command, wait=True):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        "STATIC_FOLDER": f"{folder}/static",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    start = subprocess.run if wait else subprocess.Popen
    return start([sys.executable, *command], cwd=ROOT, env=env, **({"check": True} if wait else {}))


def until_it_serves(origin=ORIGIN):
    for _ in range(60):
        try:
            return urllib.request.urlopen(f"{origin}/account/login/").read()
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the server does not answer")


def sign_in(context):
    page = context.new_page()
    page.goto(f"{ORIGIN}/account/login/")
    page.get_by_label("E-mail address").fill(PRIYA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text('Today')")
    page.get_by_role("button", name="Start visit").click()
    page.wait_for_url("**/visits/V-*/")
    visit = page.url.removeprefix(ORIGIN)
    page.close()
    return {
        "Sign in": "/account/login/",
        "C1 Today": "/today/",
        "C2 Visit": visit,
        "C3 Log": f"{visit}add/",
        "Plans": "/plans/",
    }


def measure(context, url, *, kept):
    """(seconds until there is something to read, until the scripts have run, kB that came), on a new page."""
    from tests.slow import throttle

    page = context.new_page()
    session = context.new_cdp_session(page)
    if not kept:
        session.send("Network.enable")
        session.send("Network.clearBrowserCache")
    came = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    throttle(page)
    begun = time.perf_counter()
    page.goto(f"{ORIGIN}{url}", wait_until="load", timeout=60_000)
    page.wait_for_function("document.body.classList.contains('js-enabled')")
    seconds = time.perf_counter() - begun
    read = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
    page.close()
    return read, seconds, sum(came) / 1000


def measure_all():
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 320, "height": 640})
        for name, url in sign_in(context).items():
            for kept in (False, True):
                read, seconds, size = measure(context, url, kept=kept)
                files = "files kept from before" if kept else "nothing kept"
                print(f"{name}, {files}: to read {read:.1f} s, whole {seconds:.1f} s, {size:.0f} kB")
        browser.close()


def main():
    with TemporaryDirectory() as folder:
        run(folder, "manage.py", "demo", "--no-serve")
        run(folder, "manage.py", "collectstatic", "--noinput", "-v0")
        server = run(
            folder, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{PORT}", "-w", "2", wait=False
        )
        try:
            until_it_serves()
            measure_all()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
