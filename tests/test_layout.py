"""The lot is laid out as docs say: these are the traps that `site/` sets."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = ["consultations", "schools", "resources", "site/accounts", "site/config", "site/home", "site/web"]
ALLOWED_ON_TOP = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE", "docs", "tests"),
    *("consultations", "schools", "resources", "site"),
}
LEFT_BY_RUNS = {"uv.lock", "dist", "test-results", "__pycache__"}


def python_files(*folders):
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_site_is_a_folder_and_not_a_package():
    assert not (ROOT / "site/__init__.py").exists()


def test_nothing_imports_site():
    wrong = [
        path
        for path in python_files(*PACKAGES, "tests")
        for line in path.read_text().splitlines()
        if line.startswith(("import site", "from site"))
    ]
    assert wrong == []


def test_the_wheel_names_every_package():
    hatch = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert hatch["packages"] == PACKAGES
    assert hatch["dev-mode-dirs"] == [".", "site"]
    assert PYPROJECT["build-system"]["build-backend"] == "hatchling.build"


def test_pytest_and_ruff_know_both_roots():
    assert PYPROJECT["tool"]["pytest"]["ini_options"]["pythonpath"] == [".", "site"]
    assert PYPROJECT["tool"]["ruff"]["src"] == [".", "site"]


def test_every_folder_of_tests_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_test_lies_under_site():
    assert list((ROOT / "site").rglob("test_*.py")) == []


def test_no_ignore_file_hides_site():
    lines = (ROOT / ".gitignore").read_text().split()
    assert not {"/site", "site", "site/", "/site/"} & set(lines)
    assert not (ROOT / "mkdocs.yml").exists()


@pytest.mark.parametrize("kind", ["templates", "static"])
def test_templates_and_static_files_lie_inside_the_packages(kind):
    found = [path for path in ROOT.rglob(kind) if path.is_dir() and not hidden(path)]
    inside = [ROOT / package for package in PACKAGES]
    assert found
    assert [path for path in found if not any(path.is_relative_to(package) for package in inside)] == []


def test_nothing_else_stands_on_the_lot():
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - LEFT_BY_RUNS <= ALLOWED_ON_TOP


def test_no_python_file_is_past_500_lines():
    files = [path for path in python_files(*PACKAGES, "tests") if "migrations" not in path.parts]
    assert [path for path in files if len(path.read_text().splitlines()) > 500] == []


def hidden(path):
    return any(part.startswith(".") or part == "node_modules" for part in path.relative_to(ROOT).parts)
