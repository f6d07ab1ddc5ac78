import re

import pytest

from web.vendor import TARGET, VERSION, tidy_css, vendor

FONT = "@font-face{font-family:F;src:url(https://fonts.example/f.woff)}"
RULE = "a{background:url(/assets/images/cross.svg)}"
CSS = f"@charset 'x';{FONT}{FONT}{RULE}\n\n/*# sourceMappingURL=x.map */\n"


def stylesheet():
    return (TARGET / "nhsuk-frontend.min.css").read_text(encoding="utf-8")


def test_the_stylesheet_has_no_fonts_and_fetches_nothing_from_elsewhere():
    assert "@font-face" not in stylesheet()
    assert "sourceMappingURL" not in stylesheet()
    assert not re.findall(r"url\((?!images/|[\"']?data:)[^)]*\)", stylesheet())


def test_every_picture_of_the_stylesheet_is_there_and_no_other():
    named = set(re.findall(r"url\(images/([^)]+)\)", stylesheet()))
    assert {path.name for path in (TARGET / "images").iterdir()} == named


def test_the_script_is_a_module_without_a_map_and_the_licence_is_beside_it():
    script = (TARGET / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    assert "initAll" in script
    assert "sourceMappingURL" not in script
    licence = (TARGET / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright (c) NHS England" in licence
    assert f'"{VERSION}"' in stylesheet()


def test_our_own_files_fetch_nothing_from_elsewhere():
    for path in TARGET.parent.glob("app.*"):
        assert "http" not in path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")


def test_tidying_makes_addresses_relative_and_stops_at_what_it_does_not_know():
    css, pictures = tidy_css(CSS)
    assert css == "@charset 'x';a{background:url(images/cross.svg)}\n"
    assert pictures == ["cross.svg"]
    with pytest.raises(ValueError, match="Expected 2 @font-face rules and found 1"):
        tidy_css(CSS.replace(FONT, "", 1))
    with pytest.raises(ValueError, match="still fetches"):
        tidy_css(CSS + "b{background:url(https://elsewhere.example/x.png)}")


def test_vendoring_writes_the_files_anew(tmp_path):
    dist = tmp_path / "package" / "dist" / "nhsuk"
    (dist / "assets" / "images").mkdir(parents=True)
    (dist / "assets" / "images" / "cross.svg").write_text("<svg/>")
    (dist / f"nhsuk-frontend-{VERSION}.min.css").write_text(CSS)
    (dist / f"nhsuk-frontend-{VERSION}.min.js").write_text("export{};\n//# sourceMappingURL=x.js.map\n")
    vendor(tmp_path / "package", tmp_path / "out")
    written = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*")}
    assert written == {"nhsuk-frontend.min.css", "nhsuk-frontend.min.js", "images/cross.svg"}
    assert (tmp_path / "out" / "nhsuk-frontend.min.js").read_text() == "export{};\n"
