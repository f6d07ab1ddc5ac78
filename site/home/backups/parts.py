"""The parts of a backup, one behind the other: a name, then blocks with their length in front, then a zero.

So a part can be written before anybody knows how long it will be, as a dump is.
"""

import struct

from .sealed import CHANGED, BadBackup

LENGTH = struct.Struct(">I")
BLOCK = 256 * 1024
LONGEST_NAME = 4096


def write_part(out, name, blocks):
    """`blocks` yields bytes; the name "" is kept for the end."""
    title = name.encode()
    if not 0 < len(title) <= LONGEST_NAME:
        raise BadBackup("A file of the library has a name that is too long for a backup.")
    out.write(LENGTH.pack(len(title)) + title)
    for block in blocks:
        for start in range(0, len(block), BLOCK):
            piece = block[start : start + BLOCK]
            out.write(LENGTH.pack(len(piece)) + piece)
    out.write(LENGTH.pack(0))


def write_end(out):
    out.write(LENGTH.pack(0))


def read_parts(source):
    """(name, blocks) of each part, in order. What of a part is not read is passed over."""
    while title := source.read(_length(source, LONGEST_NAME)):
        blocks = _blocks(source)
        yield title.decode(), blocks
        for _ in blocks:
            pass
    source.require_end()


def _blocks(source):
    while size := _length(source, BLOCK):
        yield source.read(size)


def _length(source, most):
    (size,) = LENGTH.unpack(source.read(LENGTH.size))
    if size > most:
        raise BadBackup(CHANGED)
    return size
