"""NHS England's own component macros (nhsuk-frontend-jinja), called from Python.

    component("tag", text="Overdue", classes="nhsuk-tag--orange")

Text is always escaped, marked safe or not. Only what arrives under `html` may be mark-up, and there too
everything that is not marked safe is escaped.

A macro takes up to half a millisecond, and a form has hundreds of calls of the same shape. So each shape is
drawn once, with marks where its words go, and after that only the words are put in (docs/adr/0048).
"""

import re
import secrets
from collections.abc import Mapping
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import escape

# Three macros whose folder or name does not follow from the component's name.
FOLDERS = {"table": "tables", "image": "images"}
MACROS = {"doDontList": "list"}
# Under these keys, and under those that end in "html", stand words, which macros only print or put together.
# All else decides what a macro draws. Of an id or a name there is one for each goal and step of each plan.
WORDS = {"text", "value", "href", "id", "idPrefix", "name", "for"}
# Nobody can type a mark: it is another one in every process.
MARK = secrets.token_hex(8)
MARKS = re.compile(rf"{MARK}x(\d+)x")
SHAPES = 5000
DECIDING = {type(None), bool, int, float}


@cache
def environment():
    jinja = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=ChainableUndefined,
    )
    # The macros indent the mark-up they nest, which would put spaces in front of every line
    # that somebody typed into a textarea inside it.
    jinja.filters["indent"] = lambda text, *args, **kwargs: text
    return jinja


def load_components():
    """Translate all macros now. Done with the first page that needs one, they take most of a second."""
    for name in environment().list_templates(extensions=["jinja"]):
        environment().get_template(name)


@cache
def camel_case(name):
    return re.sub(r"[-_]([a-z0-9])", lambda found: found[1].upper(), name)


@cache
def macro(name):
    name = camel_case(name)
    folder = FOLDERS.get(name) or re.sub(r"([A-Z])", r"-\1", name).lower()
    template = environment().get_template(f"nhsuk/components/{folder}/macro.jinja")
    return getattr(template.module, MACROS.get(name, name))


def component(name, /, **params):
    """The HTML of one NHS component. Parameter names may be in snake_case or camelCase."""
    words = []
    pieces = drawn(name, shape_of(params, "", words))
    return mark_safe("".join([words[piece] if type(piece) is int else piece for piece in pieces]))


@lru_cache(maxsize=SHAPES)
def drawn(name, shape):
    """What the macro draws of a shape: pieces of HTML, and between them the numbers of the words."""
    return pieces_of(macro(name)(params_of(shape, iter(range(10**6)))).strip())


def pieces_of(html):
    return [int(piece) if number % 2 else piece for number, piece in enumerate(MARKS.split(html))]


def shape_of(value, key, words):
    """The parameters without their words, which are put into `words` escaped, in the order of the shape.

    A shape can be compared: a mapping is ("{", names, shapes), a list ("[", shapes), words are "text" or
    "html", and ("=", kind, value) is anything that decides what is drawn.
    """
    # What is most frequent first: a form has a thousand of them.
    if not isinstance(value, str):
        if type(value) in DECIDING:
            return "=", type(value), value
        if type(value) is dict or isinstance(value, Mapping):
            names = names_of(tuple(value), key == "attributes")
            items = zip(names, value.values(), strict=True)
            return "{", names, tuple([shape_of(item, name, words) for name, item in items])
        if isinstance(value, list | tuple):
            return "[", tuple([shape_of(item, key, words) for item in value])
    if not is_html(key):
        text = plain(value)
        if text and key in WORDS:
            words.append(escape(text))
            return "text"
        return "=", str, text
    html = conditional_escape(value)
    # Whether there are any words is part of the shape.
    if not html:
        return "=", str, ""
    words.append(html)
    return "html"


@cache
def names_of(names, are_attributes):
    """The names of HTML attributes stay as they are."""
    return names if are_attributes else tuple(map(camel_case, names))


@cache
def is_html(key):
    return key.lower().endswith("html")


def params_of(shape, numbers):
    """Values a macro can take, with a mark where words are."""
    match shape:
        case "text":
            return f"{MARK}x{next(numbers)}x"
        case "html":
            return mark_safe(f"{MARK}x{next(numbers)}x")
        case "{", names, shapes:
            return {name: params_of(item, numbers) for name, item in zip(names, shapes, strict=True)}
        case "[", shapes:
            return [params_of(item, numbers) for item in shapes]
    return shape[2]


def plain(value):
    """Text that will be escaped. Marked-safe text would otherwise go out as it is."""
    text = str(value) if isinstance(value, Promise) or not isinstance(value, str) else value
    # Adding an unmarked string is the way to lose the mark: str() of marked text keeps it.
    return text + "" if isinstance(text, SafeData) else text
