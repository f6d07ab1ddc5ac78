"""The work at one school, a marker in every text, through the services that people's own pages use."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from consultations import services
from consultations.models import Competence, Paper, Purpose
from consultations.papers.chronology import chronology
from consultations.papers.evidence import evidence_pack
from consultations.papers.plan import plan_to_hand_out
from resources.models import Theme
from schools.services import add_person, book_visit, start_visit
from tests.cast import role_of
from tests.plans import as_it_is_now, next_weekday
from tests.records import local

BOTH = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
TALK = ["concern", "why_now", "strengths", "since_when", "how_often", "setting", "other_agencies"]
TALK += ["attendance", "childs_view", "childs_view_how", "parents_view"]
PLAN = ["concern", "strengths", "tried", "childs_view", "parents_view", "parents_why", "if_not_reached"]


class Desk:
    """One school with its clinician and link staff; `at` is the moment all this happens."""

    def __init__(self, words, place, partnership, clinician, link, at=None):
        self.words, self.place, self.partnership = words, place, partnership
        self.clinician, self.link = clinician, link
        self.at = at or timezone.now()
        self.today = timezone.localdate(self.at)
        school = "at the school"
        named = {name: self.word(f"SchoolPerson.{name}", school) for name in ("name", "job", "phone")}
        self.person = add_person(partnership, by=clinician, **named)
        self.theme = Theme.objects.create(
            name=self.words.new("Theme.name", "library", school), slug=uuid4(), position=99
        )
        self.visit = self.start_visit(self.at)

    def start_visit(self, at):
        day = timezone.localdate(at)
        hours = {"planned_start_at": local(day, 9), "planned_end_at": local(day, 12)}
        visit = book_visit(self.partnership, self.clinician, by=self.clinician, at=at, **hours)
        return start_visit(visit, by=self.clinician, at=min(local(day, 9), at))

    def word(self, field, state):
        return self.words.new(field, self.place, state)

    def texts(self, model, names, state):
        return {name: self.word(f"{model}.{name}", state) for name in names}

    def child(self, state, **consent):
        names = self.texts("Case", ["first_name", "last_name"], state)
        given = {"given_on": self.today - timedelta(days=1), "purposes": BOTH} | consent
        answer = services.NewConsent("parent", "phone", **given)
        return services.NewCase("child", year_group=4, consent=answer, **names)

    def group(self, state):
        return services.NewCase("class", year_group=3, pupils=28, **self.texts("Case", ["group_name"], state))

    def talk(self, about, state="never shared", **overrides):
        """A consultation; `state` is that of its text for the school, `plan` that of the plan made of it."""
        told, plan = overrides.pop("told", {}), overrides.pop("plan", state)
        fields = {"held_at": self.visit.started_at, "minutes": 30, "risk": "no", "next_step": "start_plan"}
        fields |= self.texts("Consultation", TALK, state) | self.texts("Consultation", ["agreed"], state)
        somebody = self.texts("ConsultationPerson", ["name", "job", "organisation"], plan)
        tried = [(self.word("Tried.what", state), "helped")]
        note = self.word("ClinicalNote.text", state)
        content = services.ConsultationContent(
            fields | overrides, [self.theme], [somebody], tried=tried, clinical_note=note, told=told
        )
        return services.record_consultation(self.visit, about, content, by=self.clinician, at=self.at)

    def rewrite(self, talk, state):
        """Change a consultation: every text is another word, and the old ones stand in its history."""
        fields = self.texts("Consultation", TALK, state) | self.texts("Consultation", ["agreed"], state)
        note, why = self.word("ClinicalNote.text", state), self.word("Consultation.change_reason", state)
        people = self.texts("ConsultationPerson", ["name", "job", "organisation"], state)
        content = services.ConsultationContent(fields, [self.theme], [people], clinical_note=note)
        opened = {"opened_version": talk.version}
        return services.change_consultation(talk, content, by=self.clinician, reason=why, **opened)

    def share(self, talk):
        opened = {"opened_version": talk.version}
        return services.share_consultation(talk, by=self.clinician, at=self.at, **opened)

    def content(self, state, **more):
        goal = self.texts("Goal", ["what", "at_zero", "at_ten"], state)
        step = self.texts("Step", ["what", "note"], state)
        review_on = next_weekday(self.today + timedelta(weeks=6))
        fields = {"parents_know": "no", "review_on": review_on} | self.texts("PlanVersion", PLAN, state)
        goals = [services.GoalContent(rating=2, expected=7, rated_by="staff", **goal)]
        steps = [services.StepContent(who=self.person, how_often="every_day", **step)]
        return services.PlanContent(fields | more, goals, steps)

    def draft_plan(self, talk, state):
        content = self.content(state)
        return services.begin_plan(talk.case, content, by=self.clinician, at=self.at, consultation=talk)

    def next_draft(self, plan, state):
        plan = as_it_is_now(plan)
        content = self.content(state, why_changed=self.word("PlanVersion.why_changed", state))
        return services.change_plan(plan, content, by=self.clinician, at=self.at, opened_version=plan.version)

    def send(self, version):
        return services.send_plan(version, by=self.clinician, at=self.at, opened_version=version.version)

    def take_back_sent(self, version):
        opened = {"opened_version": version.version}
        return services.take_back_plan(version, by=self.clinician, at=self.at, **opened)

    def school_change(self, plan, state):
        plan, why = as_it_is_now(plan), self.word("PlanVersion.why_changed", state)
        change = services.SchoolChange(why, next_weekday(self.today + timedelta(weeks=8)))
        opened = {"opened_version": plan.version}
        return services.change_from_school(plan, change, by=self.link, at=self.at, **opened)

    def agree(self, version):
        return services.agree_plan(version, by=self.link, at=self.at, opened_version=version.version)

    def agreed_plan(self, talk, state):
        return self.agree(self.send(self.draft_plan(talk, state))).plan

    def give(self, plan, reader):
        services.give_plan_to_reader(plan, reader, by=self.link, at=self.at)

    def take_back(self, plan, reader):
        services.take_plan_from_reader(plan, reader, by=self.link, at=self.at)

    def check_in(self, plan, reader):
        version = plan.versions.get(status="agreed")
        answers = {step: ("sometimes", "too_soon") for step in version.steps.all()}
        services.check_in(plan, answers, by=reader, at=self.at, opened_number=version.number)

    def review(self, plan, state, overall="some_progress"):
        ends = overall in ("finished", "stopped")
        next_on = None if ends else next_weekday(self.today + timedelta(weeks=6))
        note = self.word("Review.note", state)
        content = services.ReviewContent(overall, note=note, next_review_on=next_on)
        plan = as_it_is_now(plan)
        return services.review_plan(plan, content, by=self.link, at=self.at, opened_version=plan.version)

    def go_further(self, plan, state):
        """The parents are met, the child is referred, the case moves on."""
        met = self.texts("ParentsMeeting", ["who_came", "views", "agreed"], state)
        services.record_meeting(plan, held_on=self.today, by=self.link, at=self.at, **met)
        self.refer(plan.case, state)
        self.move(plan.case, "longer_term", state)

    def refer(self, case, state):
        leave = services.NewConsent("parent", "phone", self.today, purposes=(Purpose.REFER_ON,))
        services.record_consent(case, leave, by=self.clinician, on=self.today)
        told = {"to": self.word("Referral.to", state), "longer_term": False}
        told |= {"feedback": self.word("ReferralUpdate.feedback", state), "made_on": self.today}
        due_on = self.today + timedelta(days=28)
        return services.make_referral(case, due_on=due_on, by=self.clinician, at=self.at, **told)

    def ask(self):
        """The school asks to be phoned about a group, and about a child without a name."""
        for more in (["group_name"], []):
            said = self.texts("DiscussionRequest", ["sentence", "tried", "phone", *more], "at the school")
            subject = "group" if more else "child"
            new = services.NewRequest(
                subject=subject, parents_aware="no", year_group=4, how_soon="sooner", **said
            )
            services.ask_to_discuss(self.partnership, new, by=self.link, at=self.at)

    def move(self, case, stage, state):
        case.refresh_from_db()
        why = self.texts("StageMove", ["reason", "decided_by"], state)
        opened = {"opened_version": case.version, "moved_on": self.today}
        services.move_stage(case, stage, by=self.clinician, at=self.at, **opened, **why)

    def hand_over(self, version, state, by=None):
        to = self.word("Share.handed_to", state)
        return services.hand_to_parents(version, to=to, on=self.today, by=by or self.link, at=self.at)

    def make_papers(self, case):
        """Everything there is to hand out of a case, by whoever may."""
        link, clinician = role_of(self.link), role_of(self.clinician)
        found = [evidence_pack(case, link, self.today)]
        found += [chronology(case, clinician, self.today, audience) for audience in Paper.Audience.values]
        for plan in case.plans.all():
            for version in plan.versions.exclude(sent_at=None):
                more = {"for_a_request": True}
                found.append(plan_to_hand_out(plan, version, link, self.today, **more))
        for new in found:
            if new.shares or new.audience == Paper.Audience.CLINICIANS:
                services.hand_out(case, new, by=self.link, at=self.at)

    def assess(self, case, state):
        answers = dict.fromkeys(Competence.QUESTIONS, True)
        notes = self.word("Competence.notes", state)
        judged = services.NewCompetence("observe", answers, "competent", notes)
        services.assess_competence(case, judged, by=self.clinician, on=self.today)

    def keep(self, author, kind, path, **place):
        word = self.word("Draft.payload", f"draft of {author.name}")
        where = {"kind": kind, "partnership": self.partnership, "path": path, "page": uuid4(), **place}
        payload = {"concern": [word], "note": [word], "agreed": [word], "clinical_note": [word]}
        return services.keep_draft(uuid4(), payload, by=author.user, at=self.at, **where)
