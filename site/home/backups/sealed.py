"""A stream of bytes, encrypted and written once, that is either read back whole or not at all.

A file begins with MAGIC, the fingerprint of its key and a salt. Then come chunks of AES-256-GCM, each with
its length in front. Its number, and whether it is the last, are in its nonce: a chunk that is missing,
doubled, moved or changed does not open, and a file that was cut has no last one. Memory is that of one chunk.
"""

import hmac
import struct
from base64 import urlsafe_b64decode
from hashlib import sha256
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"FORTNIGHT BACKUP 1\n"
CHUNK = 1024 * 1024
SALT, PRINT, TAG = 16, 8, 16
LENGTH = struct.Struct(">I")
NONCE = struct.Struct(">3xQ?")

NOT_OURS = "This file is no backup of Fortnight."
OTHER_KEY = "This backup was made with another key. Give the key that was in use on the day it was made."
CUT = "The backup is cut off: its end is missing. Take another one."
CHANGED = "The backup was damaged or changed since it was made. Take another one."


class BadBackup(Exception):
    """Why a backup cannot be used, in a sentence to be shown."""


def fingerprint(key):
    """What a key is called in the file it sealed. Says nothing about the key."""
    return hmac.new(urlsafe_b64decode(key), b"backup", sha256).digest()[:PRINT]


def cipher_of(key, head):
    salt = head[-SALT:]
    return AESGCM(HKDF(SHA256(), 32, salt, b"fortnight backup").derive(urlsafe_b64decode(key)))


class SealedWriter:
    """Writes into an open file. Without `close` the file has no end and opens for nobody."""

    def __init__(self, file, key):
        self.file, self.number, self.buffer = file, 0, bytearray()
        self.head = MAGIC + fingerprint(key) + token_bytes(SALT)
        self.cipher = cipher_of(key, self.head)
        file.write(self.head)

    def write(self, data):
        self.buffer += data
        while len(self.buffer) > CHUNK:
            self._seal(self.buffer[:CHUNK], last=False)
            del self.buffer[:CHUNK]

    def close(self):
        self._seal(self.buffer, last=True)

    def _seal(self, data, *, last):
        sealed = self.cipher.encrypt(NONCE.pack(self.number, last), bytes(data), self.head)
        self.file.write(LENGTH.pack(len(sealed)) + sealed)
        self.number += 1


class SealedReader:
    """Reads what SealedWriter wrote. Raises BadBackup, and gives out no byte of what does not open."""

    def __init__(self, file, key):
        self.file, self.number, self.buffer, self.ended = file, 0, b"", False
        self.head = file.read(len(MAGIC) + PRINT + SALT)
        if not self.head.startswith(MAGIC):
            raise BadBackup(NOT_OURS)
        if len(self.head) < len(MAGIC) + PRINT + SALT:
            raise BadBackup(CUT)
        if not hmac.compare_digest(self.head[len(MAGIC) : -SALT], fingerprint(key)):
            raise BadBackup(OTHER_KEY)
        self.cipher = cipher_of(key, self.head)

    def read(self, size):
        """Exactly `size` bytes; raises BadBackup when there are fewer."""
        parts, wanted = [], size
        while wanted:
            if not self.buffer and not self._next():
                raise BadBackup(CHANGED)
            part, self.buffer = self.buffer[:wanted], self.buffer[wanted:]
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def require_end(self):
        """Raises BadBackup unless everything was read, and nothing was put behind it."""
        while not self.ended and not self.buffer:
            self._next()
        if self.buffer or self.file.read(1):
            raise BadBackup(CHANGED)

    def _next(self):
        """Open the next chunk; False behind the last one."""
        if self.ended:
            return False
        length = self.file.read(LENGTH.size)
        if len(length) < LENGTH.size:
            raise BadBackup(CUT)
        (size,) = LENGTH.unpack(length)
        if not TAG <= size <= CHUNK + TAG:
            raise BadBackup(CHANGED)
        sealed = self.file.read(size)
        if len(sealed) < size:
            raise BadBackup(CUT)
        self.buffer, self.ended = self._open(sealed)
        self.number += 1
        return True

    def _open(self, sealed):
        # Whether it is the last one stands nowhere but in its nonce.
        for last in (False, True):
            try:
                return self.cipher.decrypt(NONCE.pack(self.number, last), sealed, self.head), last
            except InvalidTag:
                continue
        raise BadBackup(CHANGED)
