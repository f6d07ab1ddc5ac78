"""Copies the parts of NHS England's nhsuk-frontend that the pages need into static/web/nhsuk/.

How to move to a new version: change VERSION, then

    npm pack nhsuk-frontend@10.6.1          # in an empty folder
    tar xzf nhsuk-frontend-10.6.1.tgz       # makes a folder called package
    python -m web.vendor PATH_TO/package    # with site/ as the working folder

What it changes, and why:
- the two @font-face rules go: they fetch Frutiger from another site, and the font is not free;
- addresses become relative, so that the files work under any STATIC_URL;
- sourceMappingURL goes: the maps are not copied, and collectstatic stops at a file it cannot find;
- the MIT licence is added, because the package leaves it out.
"""

import re
import shutil
import sys
from pathlib import Path

VERSION = "10.6.1"
TARGET = Path(__file__).resolve().parent / "static" / "web" / "nhsuk"
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE_MAP = re.compile(r"\n*(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)\n*")
IMAGE = re.compile(r"url\(/assets/images/([\w.-]+)\)")

LICENCE = """\
nhsuk-frontend {version}

The MIT License (MIT)

Copyright (c) NHS England

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def tidy_css(text):
    """The stylesheet with nothing fetched from elsewhere, and the names of the pictures it uses."""
    text, removed = FONT_FACE.subn("", text)
    if removed != 2:
        raise ValueError(f"Expected 2 @font-face rules and found {removed}. Look before you go on.")
    pictures = sorted(set(IMAGE.findall(text)))
    text = IMAGE.sub(r"url(images/\1)", SOURCE_MAP.sub("\n", text))
    if "url(http" in text or "url(/" in text:
        raise ValueError("The stylesheet still fetches something from elsewhere.")
    return text, pictures


def vendor(package, target=TARGET):
    dist = Path(package) / "dist" / "nhsuk"
    css, pictures = tidy_css((dist / f"nhsuk-frontend-{VERSION}.min.css").read_text(encoding="utf-8"))
    script = (dist / f"nhsuk-frontend-{VERSION}.min.js").read_text(encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    (target / "nhsuk-frontend.min.css").write_text(css, encoding="utf-8")
    (target / "nhsuk-frontend.min.js").write_text(SOURCE_MAP.sub("\n", script), encoding="utf-8")
    (target / "LICENSE").write_text(LICENCE.format(version=VERSION), encoding="utf-8")
    for name in pictures:
        shutil.copyfile(dist / "assets" / "images" / name, target / "images" / name)


if __name__ == "__main__":
    vendor(sys.argv[1])
