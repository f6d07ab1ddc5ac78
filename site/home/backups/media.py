"""The pictures and documents of the library, which lie in files beside the database."""

import os
from hashlib import sha256
from pathlib import Path, PurePosixPath

from .parts import BLOCK, write_part
from .sealed import BadBackup

FOLDER = "media/"


def write_media(out, root):
    """A part for each file. Returns {path: its hash}, as it was read."""
    return {path: write_file(out, root, path) for path in files_under(root)}


def write_file(out, root, path):
    digest = sha256()

    def blocks():
        with (root / path).open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                yield block

    write_part(out, FOLDER + path, blocks())
    return digest.hexdigest()


def files_under(root):
    """Paths of all files, in order. Links are left out: they may lead anywhere."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not is_ours(root, name))
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix()


def unpack_file(blocks, root, path):
    """Write one file below `root`, or nowhere with None. Returns its hash."""
    digest = sha256()
    if root is None:
        for block in blocks:
            digest.update(block)
        return digest.hexdigest()
    target = inside(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        for block in blocks:
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def inside(root, path):
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        raise BadBackup("A file of the library in this backup would lie outside its folder.")
    return root.joinpath(*parts)


def folder_beside(root, word, stamp):
    """A folder to work in: beside `root`, or inside where `root` is a disk of its own."""
    name = f".{root.name}.{word}-{stamp}"
    return root / name if os.path.ismount(root) else root.with_name(name)


def put_in_place(new, root, stamp):
    """The unpacked files become those of `root`. Returns the folder that keeps the files before, or ""."""
    root.mkdir(parents=True, exist_ok=True)
    kept, before = folder_beside(root, "before", stamp), those_in(root)
    if before:
        kept.mkdir()
    for path in before:
        path.rename(kept / path.name)
    for path in those_in(new):
        path.rename(root / path.name)
    return kept if before else ""


def those_in(root):
    return [path for path in root.iterdir() if not is_ours(root, path.name)]


def is_ours(root, name):
    """Whether it is a folder of an earlier restore."""
    return name.startswith((f".{root.name}.before-", f".{root.name}.restored-"))
