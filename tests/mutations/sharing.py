"""What is frozen, on which consent, and what closes it."""

from .mutation import Mutation

SHARING, SHARES = "tests/consultations/test_sharing.py", "tests/consultations/test_share_pages.py"
COPIES = "tests/consultations/test_copies_of_closed_plans.py"

MUTATIONS = [
    Mutation(
        "a closed text is read by the school",
        "consultations/policies.py",
        " or (role.kind == Kind.LINK_STAFF and share.is_open(on))",
        " or role.kind == Kind.LINK_STAFF",
        [SHARES],
    ),
    Mutation(
        "open shares hold closed ones",
        "consultations/querysets/share.py",
        'Q(basis="no_names") | by_name & of_plan, closed_at=None)',
        'Q(basis="no_names") | by_name & of_plan)',
        [SHARING],
    ),
    Mutation(
        "a text outlives the leave to talk about the child",
        "consultations/querysets/share.py",
        'by_name = Exists(of_case.filter(purpose="discuss_by_name"))',
        "by_name = Q()",
        [SHARING, "tests/consultations/test_consent_runs_out.py"],
    ),
    Mutation(
        "a share is open whatever the rule says",
        "consultations/models/share.py",
        "return type(self).objects.open_on(on).filter(pk=self.pk).exists()",
        "return True",
        [SHARES],
    ),
    Mutation(
        "a plan outlives the leave to share it",
        "consultations/querysets/share.py",
        'of_plan = Q(plan=None) | Exists(of_case.filter(purpose="share_plan"))',
        "of_plan = Q()",
        [SHARING, "tests/consultations/test_consent_runs_out.py"],
    ),
    Mutation(
        "a recalled plan stays open in the copy for parents",
        "consultations/services/sharing.py",
        "    closed = close_shares(shares, closing",
        "    closed = close_shares(shares.exclude(audience=Audience.PARENTS), closing",
        [SHARING],
    ),
    Mutation(
        "a copy for parents outlives the school's sight of the plan",
        "consultations/querysets/share.py",
        "Exists(self._of_its_version().filter(closed_at=None))",
        "Exists(self._of_its_version())",
        [COPIES],
    ),
    Mutation(
        "a copy that was never theirs leaves the school a mark",
        "consultations/querysets/share.py",
        "Q(self._open_to_them_once(), audience=",
        "Q(audience=",
        [COPIES],
    ),
    Mutation(
        "a shared text can be rewritten",
        "site/accounts/models/frozen.py",
        "            self._require_frozen()\n",
        "            pass\n",
        [SHARING],
    ),
    Mutation(
        "a consent withdrawn stays in force",
        "consultations/models/consent.py",
        "given = self.answer == self.Answer.GIVEN and self.withdrawn_at is None",
        "given = self.answer == self.Answer.GIVEN",
        [SHARING],
    ),
    Mutation(
        "a refusal is in force",
        "consultations/models/consent.py",
        "given = self.answer == self.Answer.GIVEN and self.withdrawn_at is None",
        "given = self.withdrawn_at is None",
        [SHARING],
    ),
    Mutation(
        "a withdrawal closes nothing",
        "consultations/services/consents.py",
        "    return close_what_rested_on(case, consent.purpose, by=by, at=at)\n",
        "    return []\n",
        [SHARING],
    ),
    Mutation(
        "a refusal closes nothing",
        "consultations/services/consents.py",
        "            closed += close_what_rested_on(case, purpose, by=by, at=timezone.now())\n",
        "            pass\n",
        [SHARING],
    ),
    Mutation(
        "sharing asks for no consent",
        "consultations/services/sharing.py",
        "    if missing:\n        raise ValidationError(MISSING[missing])\n",
        "",
        [SHARING],
    ),
    Mutation(
        "a plan needs no leave to be shared",
        "consultations/services/sharing.py",
        "PLAN_NEEDS = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)",
        "PLAN_NEEDS = (Purpose.DISCUSS_BY_NAME,)",
        [SHARING],
    ),
    Mutation(
        "a plan is shared on leave to share alone",
        "consultations/services/sharing.py",
        "PLAN_NEEDS = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)",
        "PLAN_NEEDS = (Purpose.SHARE_PLAN,)",
        [SHARING],
    ),
    Mutation(
        "words that changed are shared unread",
        "consultations/services/sharing.py",
        "    consultation.require_version(opened_version)\n",
        "",
        [SHARING],
    ),
    Mutation(
        "a newer text leaves the older one open",
        "consultations/services/sharing.py",
        "    close_shares(replaced, closing=Closing.REPLACED, by=by, at=at)\n",
        "",
        [SHARING],
    ),
    Mutation(
        "a plan closed to the school is agreed there",
        "consultations/services/agreeing.py",
        "    require_other_side(version, by, at)\n    require_shared(version.shares, plan.case_id, at)\n",
        "    require_other_side(version, by, at)\n",
        [SHARING],
    ),
]
