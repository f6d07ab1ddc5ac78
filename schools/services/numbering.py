"""Numbers of papers about money: 1, 2, 3 in each service and kind. None is given twice, none is left out."""

from django.db.models import Max

from schools.models import Service


def next_number(model, service, **kind):
    """The next number of a kind of paper, for a row that is saved in the same transaction.

    The service stays locked until that transaction ends: whoever counts next waits for it, and sees what it
    wrote or, where it was stopped, nothing of it. The service is locked before any order and any pot.
    """
    lock_numbers(service)
    last = model.objects.filter(service=service, **kind).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def lock_numbers(service):
    """The service as it is, locked: nobody else numbers a paper of it meanwhile."""
    return Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
