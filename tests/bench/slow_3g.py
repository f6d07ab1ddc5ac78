"""How long pages take to be usable on Slow 3G: python -m tests.bench.slow_3g

Not a test: the figures depend on the machine. The aim is 5 seconds, with the static files kept from before
and without. It serves the demo with gunicorn and the packed files of production, in a folder of its own.
"""

import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from tests.machines.programs import ROOT
from tests.machines.web import Web

PORT = 8741
ORIGIN = f"http://127.0.0.1:{PORT}"
SETTINGS = "tests.bench.slow_3g_settings"
PRIYA, PASSWORD = "priya@demo.example", "fortnight-demo"


def environment(folder):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        "STATIC_FOLDER": f"{folder}/static",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }


def manage(folder, *command):
    whole = [sys.executable, "manage.py", *command]
    subprocess.run(whole, cwd=ROOT, env=environment(folder), check=True)


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
        manage(folder, "demo", "--no-serve")
        manage(folder, "collectstatic", "--noinput", "-v0")
        server = Web(environment(folder), port=PORT)
        server.start()
        try:
            server.wait_until_it_answers()
            measure_all()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
