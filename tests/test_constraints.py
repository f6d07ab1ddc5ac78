from .constraints import below_ours, pinned


def test_every_package_below_ours_is_pinned_as_resolved():
    assert below_ours() == pinned(), "run: uv run python -m tests.constraints --write"
