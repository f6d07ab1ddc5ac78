"""A receipt: the ends of all chains on one day, signed, to be kept where the database is not.

A line for each case, "C-7F3K-9MW 41 5f0c…", and a last one with the signature of them all.
"""

from hashlib import sha256

from consultations.models import Case, CaseChain, CaseLink, CaseStub
from consultations.models.seal import is_signed, sign

from .rows import Finding

CUT = "its history is cut off: it no longer holds what the receipt says it did"


class BadReceipt(Exception):
    """The file is no receipt of this service, or was changed."""


def write_receipt(file):
    """Write the ends of all chains as they are now. Returns how many cases there are."""
    digest, cases = sha256(), 0
    chains = CaseChain.objects.order_by("pk").values_list("case__reference", "length", "mac")
    for reference, length, mac in chains.iterator():
        line = f"{reference} {length} {mac}\n"
        digest.update(line.encode())
        file.write(line)
        cases += 1
    key_id, mac = sign(["receipt", digest.hexdigest()])
    file.write(f"signed {key_id} {mac}\n")
    return cases


def check_receipt(file, case=None, *, count):
    """Findings: cases whose chain was longer, or another, when the receipt was written. Raises BadReceipt."""
    require_signature(file)
    file.seek(0)
    for line in file:
        reference, length, mac = line.split()
        if reference != "signed" and (case is None or reference == case.reference):
            yield from check_line(reference, int(length), mac)
        count(1)


def require_signature(file):
    digest, last = sha256(), ""
    for line in file:
        digest.update(last.encode())
        last = line
    words = last.split()
    if len(words) != 3 or words[0] != "signed":
        raise BadReceipt
    if not is_signed(["receipt", digest.hexdigest()], *words[1:]):
        raise BadReceipt


def check_line(reference, length, mac):
    if not Case.objects.filter(reference=reference).exists():
        stub = CaseStub.objects.filter(reference=reference).first()
        if not (stub and stub.is_right() and stub.length >= length):
            yield Finding(reference, "the whole case is gone, and no stub says that it was destroyed")
    elif length and not CaseLink.objects.filter(case__reference=reference, number=length, mac=mac).exists():
        yield Finding(reference, CUT)
