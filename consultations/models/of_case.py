from django.apps import apps

from .chain import CaseChain, CaseLink


class OfCase:
    """A tracked record that belongs to a case: every write of it becomes a link of the case's chain.

    CASE is the way to the case, as a query would name it; "" for the case itself.
    """

    CASE = "case"

    def after_write(self, key):
        super().after_write(key)
        chain = locked_chain(self.case_key(key))
        # Read again: what is signed is what the database holds, as it will be read when it is checked.
        add_link(chain, type(self).history.filter(id=key).latest("history_id"))

    def case_key(self, key):
        if not self.CASE:
            return key
        *way, last = self.CASE.split("__")
        record = self
        for name in way:
            record = getattr(record, name)
        return getattr(record, f"{last}_id")


def add_link(chain, row):
    link = CaseLink.after(chain, row)
    link.save()
    chain.length, chain.mac = link.number, link.mac
    chain.save(update_fields=["length", "mac"])


def locked_chain(case_key):
    """The end of a case's chain, locked after its case: the case is the last lock of every service."""
    chains = CaseChain.objects.select_related("case").filter(pk=case_key)
    chain = chains.select_for_update(of=("case", "self"), no_key=True).first()
    if chain:
        return chain
    apps.get_model("consultations.Case").objects.select_for_update().get(pk=case_key)
    return CaseChain.objects.get_or_create(case_id=case_key)[0]


def chained_models():
    """Every model whose writes are linked, the case first."""
    models = apps.get_app_config("consultations").get_models()
    found = [model for model in models if issubclass(model, OfCase)]
    return sorted(found, key=lambda model: (model.CASE != "", model._meta.label))
