"""The people of load_held.py: who they are, and each at a browser, with time to think between two pages."""

import asyncio
import random
import re
import time
import zlib
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = "t" * 32
ORIGIN = "http://127.0.0.1"
# Of a hundred people: mostly schools, as 60 schools have 4 clinicians and many more members of staff.
PROPORTIONS = {"link_staff": 60, "clinician": 20, "budget_holder": 12, "plan_reader": 5, "service_lead": 3}
BEGIN_AT = {
    **{"link_staff": ["/", "/plans/", "/requests/", "/library/"], "plan_reader": ["/"]},
    **{"clinician": ["/today/", "/plans/", "/cases/", "/library/"], "budget_holder": ["/", "/time/"]},
    "service_lead": ["/", "/overview/", "/cases/"],
}
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
REFERENCE = re.compile(r"/[A-Z]+-[0-9A-Z]{3,4}-[0-9A-Z]{3}/|/\d+/|/[0-9a-f-]{36}/")
# Another part of the product, and what a mix of ordinary pages has none of.
NOT_FOLLOWED = re.compile(r"^/(account|cms|static|documents|role)|\.pdf|\.csv|\.ics|/library/.+/.+/.+/")
SECONDS = 30
SAVES_OF_HUNDRED = 10


def name_of(path):
    """The page, whatever it is about: /plans/…/review/ for every plan."""
    path = path.split("?")[0]
    while REFERENCE.search(path):
        path = REFERENCE.sub("/…/", path)
    return "/library/…/" if path.startswith("/library/") and path != "/library/" else path


class Person:
    def __init__(self, port, kind, session, figures, luck, saving):
        self.port, self.kind, self.figures, self.luck = port, kind, figures, luck
        # (path, answers) of the form that this person saves, or None.
        self.saving = saving
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"
        self.links = []

    async def work(self, until, think):
        await asyncio.sleep(self.luck.uniform(0, think))
        while time.monotonic() < until:
            if self.saving and self.luck.random() < SAVES_OF_HUNDRED / 100:
                await self.save(*self.saving)
            else:
                await self.look()
            await asyncio.sleep(self.luck.expovariate(1 / think))

    async def look(self):
        """Mostly on from the page that is open, else from one of those where work begins."""
        on = self.links and self.luck.random() < 0.6
        page = await self.ask("GET", self.luck.choice(self.links if on else BEGIN_AT[self.kind]))
        self.links = [
            link.replace("&amp;", "&") for link in LINK.findall(page) if not NOT_FOLLOWED.search(link)
        ]

    async def save(self, path, answers):
        """Open the form, keep a draft as its script does, and save."""
        form = answers | dict(HIDDEN.findall(await self.ask("GET", path)))
        form |= {"csrfmiddlewaretoken": TOKEN, "form_key": str(uuid4())}
        if "page_key" in form:
            await self.ask("POST", f"{path}?autosave=1", form)
        answer = await self.ask("POST", path, form, where=True)
        if '"to"' not in answer:
            self.figures.error("not saved", path)

    async def ask(self, method, path, form=None, where=False):
        """The text of the page. The time until its last byte came goes into the figures."""
        name = f"{method} {name_of(path)}" if method == "POST" else name_of(path)
        begun = time.perf_counter()
        try:
            status, text = await asyncio.wait_for(self.send(method, path, form, where), SECONDS)
        except (OSError, EOFError, TimeoutError, ValueError) as problem:
            self.figures.error(type(problem).__name__, name)
            return ""
        self.figures.add(name, time.perf_counter() - begun)
        if status >= 400:
            self.figures.error(str(status), name)
        return text

    async def send(self, method, path, form, where):
        body = urlencode(form or {}, doseq=True).encode()
        lines = [
            *(f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {self.cookies}"),
            *("Accept-Encoding: gzip", "Connection: close", "Sec-Fetch-Mode: navigate"),
        ]
        if form is not None:
            kind = "Content-Type: application/x-www-form-urlencoded"
            lines += [kind, f"Content-Length: {len(body)}", f"Origin: {ORIGIN}:{self.port}"]
            lines += ["X-Requested-With: fetch", *(["X-Answer: where"] if where else [])]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            await writer.drain()
            return read_answer(await reader.read())
        finally:
            writer.close()


def read_answer(answer):
    """(status, text) of a whole answer, behind which the connection was closed."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 "):
        raise EOFError
    if b"transfer-encoding: chunked" in head.lower():
        body = without_chunks(body)
    if b"content-encoding: gzip" in head.lower():
        body = zlib.decompress(body, wbits=31)
    return int(head[9:12]), body.decode(errors="replace")


def without_chunks(body):
    parts = []
    while body:
        size, _, body = body.partition(b"\r\n")
        parts.append(body[: int(size, 16)])
        body = body[int(size, 16) + 2 :]
    return b"".join(parts)


def kinds(count):
    """So many kinds of role in their proportions, mixed."""
    found = [kind for kind, share in PROPORTIONS.items() for _ in range(share)]
    random.Random(1).shuffle(found)
    return [found[number % len(found)] for number in range(count)]
