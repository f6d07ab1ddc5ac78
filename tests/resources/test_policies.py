from types import SimpleNamespace

import pytest

from accounts.models import RoleRow
from resources.policies import can_read_library

LIVE, DRAFT = SimpleNamespace(live=True), SimpleNamespace(live=False)


@pytest.mark.parametrize("kind", [kind for kind in RoleRow.Kind if kind != RoleRow.Kind.LINK_CLINICIAN])
def test_every_role_reads_what_is_published_and_no_draft(kind):
    assert can_read_library(RoleRow(kind=kind), LIVE)
    assert not can_read_library(RoleRow(kind=kind), DRAFT)


@pytest.mark.parametrize("role", [None, RoleRow(kind="unheard_of"), RoleRow(kind="link_clinician")])
def test_no_role_an_unknown_role_and_a_mere_link_read_nothing(role):
    assert not can_read_library(role, LIVE)
