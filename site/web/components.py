"""NHS England's own component macros (nhsuk-frontend-jinja), called from Python.

    component("tag", text="Overdue", classes="nhsuk-tag--orange")

Text is always escaped, marked safe or not. Only what arrives under `html` may be mark-up, and there too
everything that is not marked safe is escaped.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader

# Three macros whose folder or name does not follow from the component's name.
FOLDERS = {"table": "tables", "image": "images"}
MACROS = {"doDontList": "list"}


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
    if name == "tag" and params.keys() <= {"text", "classes"}:
        return tag(*(str(params.get(key, "")) for key in ("text", "classes")))
    return mark_safe(macro(name)(as_params(params)).strip())


@lru_cache(maxsize=1000)
def tag(text, classes):
    """A list draws hundreds of tags from a few words, and the macro takes longer than all else of a card."""
    return mark_safe(macro("tag")(as_params({"text": text, "classes": classes})).strip())


def as_params(value, key=""):
    """Values a macro can take: plain text under every key but `html`, where mark-up is allowed."""
    if isinstance(value, Mapping):
        # The names of HTML attributes stay as they are.
        rename = str if key == "attributes" else camel_case
        return {rename(k): as_params(v, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [as_params(item, key) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    if key.lower().endswith("html"):
        return conditional_escape(value)
    return plain(value)


def plain(value):
    """Text that Jinja will escape. Marked-safe text would otherwise go out as it is."""
    text = str(value) if isinstance(value, Promise) or not isinstance(value, str) else value
    # Adding an unmarked string is the way to lose the mark: str() of marked text keeps it.
    return text + "" if isinstance(text, SafeData) else text
