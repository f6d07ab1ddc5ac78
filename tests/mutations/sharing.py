"""What is frozen, on which consent, and what closes it."""

from .mutation import Mutation

SHARING, SHARES = "tests/consultations/test_sharing.py", "tests/consultations/test_share_pages.py"

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
        "consultations/querysets.py",
        "return by_name.filter(Q(consent__isnull=True) | carried, closed_at__isnull=True)",
        "return by_name.filter(Q(consent__isnull=True) | carried)",
        [SHARING],
    ),
    Mutation(
        "open shares hold those of a consent that ran out",
        "consultations/querysets.py",
        'carried = on_consent & still("name_until", day) & of_plan',
        "carried = on_consent & of_plan",
        [SHARING],
    ),
    Mutation(
        "a closed share is open to whoever holds it",
        "consultations/models/share.py",
        "return self.closed_at is None and (",
        "return (",
        [SHARES],
    ),
    Mutation(
        "a share is open on a consent that lapsed",
        "consultations/models/share.py",
        "(self.consent is None or self.consent.in_force(on))",
        "True",
        [SHARING],
    ),
    Mutation(
        "a shared text can be rewritten",
        "consultations/models/share.py",
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
        "consultations/services/plans.py",
        '    _require(version.status == Status.SENT, "This plan is not waiting to be agreed.")\n'
        "    _require_shared(version, at)\n    plan =",
        '    _require(version.status == Status.SENT, "This plan is not waiting to be agreed.")\n    plan =',
        [SHARING],
    ),
]
