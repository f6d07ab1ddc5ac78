"""What every paper about money begins and ends with: who gives it out, to whom, and whom to ask."""

from web.words import listed


def of_service(service):
    rows = [["From", "\n".join(filter(None, [service.name, service.address]))]]
    rows += [["ODS code", service.ods_code]] if service.ods_code else []
    return rows + ([["Contact", service.contact]] if service.contact else [])


def of_school(partnership):
    school = partnership.school
    address = [school.street, school.locality, school.town, school.postcode]
    return [
        ["School", "\n".join(filter(None, [school.name, *address]))],
        ["URN", str(school.urn)],
    ]


def of_purchase(numbers):
    wanted = listed(sorted(set(filter(None, numbers))))
    return [["Purchase order number", wanted]] if wanted else []


def whom_to_ask(service):
    return service.contact or service.name
