"""`visible_to`: which rows exist for whom."""

from .mutation import Mutation

READERS = ["tests/consultations/test_plan_readers.py", "tests/consultations/test_carrying_out.py"]


def rows(name, old, new, file, tests=()):
    file = file if "/" in file else f"consultations/querysets/{file}.py"
    return Mutation(name, file, old, new, [*tests, "tests/canary/test_rows.py"])


MUTATIONS = [
    rows(
        "budget holders see what a school asks to discuss",
        "case Kind.CLINICIAN | Kind.SERVICE_LEAD | Kind.LINK_STAFF:",
        "case Kind.CLINICIAN | Kind.SERVICE_LEAD | Kind.LINK_STAFF | Kind.BUDGET_HOLDER:",
        "request",
        ["tests/consultations/test_requests.py"],
    ),
    rows(
        "link staff see shares meant for others",
        'return self.filter(partnerships_open_to(role, "partnership__"), for_them)',
        'return self.filter(partnerships_open_to(role, "partnership__"))',
        "share",
    ),
    rows(
        "link staff see cases of which nothing is shared",
        'shared = Exists(open_shares("link_staff", case=OuterRef("pk")))\n'
        '                return self.filter(partnerships_open_to(role, "partnership__"), shared)',
        'return self.filter(partnerships_open_to(role, "partnership__"))',
        "case",
    ),
    rows(
        "link staff see every plan",
        'shared = Exists(open_shares("link_staff", plan=OuterRef("pk")))\n'
        '                return self.filter(partnerships_open_to(role, "partnership__"), shared)',
        'return self.filter(partnerships_open_to(role, "partnership__"))',
        "plan",
    ),
    rows(
        "link staff see every version",
        'shared = Exists(open_shares("link_staff", plan_version=OuterRef("pk")))\n'
        '                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)',
        'return self.filter(partnerships_open_to(role, "plan__partnership__"))',
        "plan",
    ),
    rows(
        "link staff see every review",
        'shared = Exists(open_shares("link_staff", plan_version=OuterRef("plan_version")))\n'
        '                return self.filter(partnerships_open_to(role, "plan__partnership__"), shared)',
        'return self.filter(partnerships_open_to(role, "plan__partnership__"))',
        "review",
    ),
    rows(
        "plan readers see plans they were not given",
        'return self.filter(shared, carries_out(role, "pk"), partnership=role.partnership_id)',
        "return self.filter(shared, partnership=role.partnership_id)",
        "plan",
        tests=READERS,
    ),
    rows(
        "plan readers see a plan that is closed",
        'return self.filter(shared, carries_out(role, "pk"), partnership=role.partnership_id)',
        'return self.filter(carries_out(role, "pk"), partnership=role.partnership_id)',
        "plan",
        tests=READERS,
    ),
    rows(
        "a plan that was taken back is still there",
        "objects.visible_to(role).in_hand()",
        "objects.visible_to(role)",
        "plan",
        tests=READERS,
    ),
    rows(
        "safeguarding leads see what others were told",
        "                    told_person__account=role.person_id,\n",
        "",
        "safeguarding",
    ),
    rows(
        "leads see clinical notes without saying why",
        "case Kind.SERVICE_LEAD if reason.strip():",
        "case Kind.SERVICE_LEAD:",
        "consultation",
    ),
    rows(
        "work without a name goes to the trust's record",
        'return self.filter(case__lane="named", visit__outcome="done")',
        'return self.filter(visit__outcome="done")',
        "consultation",
        ["tests/consultations/test_record_copies.py"],
    ),
    rows(
        "what was changed since counts as copied",
        'consultation_version=OuterRef("version"), ',
        "",
        "record_copy",
        ["tests/consultations/test_record_copies.py"],
    ),
    rows(
        "everybody sees everybody's drafts",
        "own = self.filter(author=role.person_id)",
        "own = self.all()",
        "draft",
    ),
    rows(
        "a clinician sees every school of the service",
        'return Q(**{f"{path}service": role.service_id, f"{path}pk__in": links.values("partnership_id")})',
        'return Q(**{f"{path}service": role.service_id})',
        "schools/querysets/place.py",
    ),
    rows(
        "a lead sees every service",
        '        case Kind.SERVICE_LEAD:\n            return Q(**{f"{path}service": role.service_id})\n'
        "        case Kind.LINK_STAFF",
        "        case Kind.SERVICE_LEAD:\n            return Q()\n        case Kind.LINK_STAFF",
        "schools/querysets/place.py",
    ),
    rows(
        "link staff see every school",
        'return Q(**{f"{path}pk": role.partnership_id})',
        "return Q()",
        "schools/querysets/place.py",
    ),
]
