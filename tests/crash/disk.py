"""A small disk of its own, which a test may fill to the last byte."""

import errno
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

MEGABYTES = 96
PIECE = b"x" * 65536


def may_mount():
    return not os.getuid() and shutil.which("mount")


class SmallDisk:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="fortnight-disk-"))
        size = f"size={MEGABYTES}m,mode=0777"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(self.folder)], check=True)

    @property
    def filler(self):
        return self.folder / "filler"

    def fill(self):
        with self.filler.open("wb", buffering=0) as file:
            piece = PIECE
            while piece:
                try:
                    file.write(piece)
                except OSError as problem:
                    if problem.errno != errno.ENOSPC:
                        raise
                    piece = piece[: len(piece) // 2]

    def make_room(self):
        self.filler.unlink()

    def end(self):
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
        self.folder.rmdir()
