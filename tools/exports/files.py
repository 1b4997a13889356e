"""Opens a file that somebody exported, packed or not, as lines of text: never more than fits in memory."""

import gzip
import io
import os
import re
import shutil
import stat
import sys
import tempfile
import zipfile

from . import workbook
from .charset import encoding_of, is_read_twice, read_once
from .complaint import Complaint

LONGEST_LINE = 1 << 20
# what is packed more tightly than this is no table
MOST_TIMES_PACKED = 200
FREE_BYTES = 100 << 20
# how files that are no table begin
_KINDS = {
    rb"\xd0\xcf\x11\xe0": "a workbook of the old kind (.xls), or one with a password: save it as .xlsx or CSV, without one",
    rb"%PDF": "a PDF: export the report as CSV or .xlsx",
    rb"\s*<": "a web page or XML: export the report as CSV or .xlsx",
    rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*|....ftyp(?:hei|mif|avif)":
        "a picture: export the report as CSV or .xlsx",
    rb"7z\xbc\xaf|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd|BZh\d1AY|.{257}ustar": "an archive of another kind than .zip and .gz: unpack it",
    rb"SQLite format 3\0|PAR1": "a database or data file: export the report as CSV or .xlsx",
}
# what is in a zip that is a document
_DOCUMENTS = {"content.xml": "an OpenDocument file", "word/document.xml": "a Word document",
              "ppt/presentation.xml": "a PowerPoint file", "xl/workbook.bin": "a binary workbook (.xlsb)",
              "Index/Document.iwa": "a Numbers or Pages file"}


class _Bounded(io.RawIOBase):
    """What a stream unpacks to, until that is out of all proportion to the packed size."""

    def __init__(self, stream, packed_size):
        self._stream = stream
        self._most = max(FREE_BYTES, MOST_TIMES_PACKED * packed_size)
        self._read = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self._stream.read(len(buffer))
        self._read += len(data)
        if self._read > self._most:
            raise Complaint("unpacks to more than %d times its size" % MOST_TIMES_PACKED)
        buffer[:len(data)] = data
        return len(data)

    def close(self):
        self._stream.close()
        super().close()


class Source:
    """The text of one file, which can be read from its start again and again."""

    def __init__(self, path, options, progress=lambda rows: None):
        self.notes = []
        self._progress = progress
        self.counts_records = False     # whether a place in the file is a row of a sheet, not a line
        self._kept = None
        self._repair = None
        self._is_checked = False
        self._remedy = "say --encoding=NAME"
        self._open = self._opener(path, options)
        if self.counts_records:
            self.encoding = "utf-8"
        elif options.encoding:
            self.encoding = options.encoding
            self._remedy = "leave --encoding away, or say another"
        else:
            self.encoding, how = encoding_of(self._open)
            if how:
                self.notes.append("Read as %s (%s); --encoding=NAME says otherwise."
                                  % (_name_of_encoding(self.encoding), how))
            if self.encoding.startswith("utf-8") and is_read_twice(self._open):
                self._repair = read_once
                self.notes.append("Letters such as Ã© are repaired: somebody had read UTF-8 as Windows-1252.")

    def lines(self):
        """The lines of the text, each with the characters that end it."""
        text = io.TextIOWrapper(self._open(), self.encoding, newline="")
        # what was read to its end once holds nothing that is too long
        if self._is_checked:
            return text if self._repair is None else map(self._repair, text)
        return self._checked_lines(text)

    def _checked_lines(self, text):
        number = 0
        readline = text.readline
        while True:
            try:
                line = readline(LONGEST_LINE)
            except UnicodeError:
                raise Complaint("is not %s text (from about line %d on): %s"
                                % (_name_of_encoding(self.encoding), number + 1, self._remedy)) from None
            if not line:
                self._is_checked = True
                return
            number += 1
            if "\0" in line:
                raise Complaint("line %d: has a NUL byte, so it is no text" % number)
            if len(line) == LONGEST_LINE:
                raise Complaint("line %d: has more than %d characters" % (number, LONGEST_LINE - 1))
            yield line if self._repair is None else self._repair(line)

    def _opener(self, path, options):
        if path == "-":
            self._keep(sys.stdin.buffer)
        else:
            mode = _look_at(path).st_mode
            if not stat.S_ISREG(mode):
                with open(path, "rb") as stream:
                    self._keep(stream)

        def open_plainly():
            return self._reopen() if self._kept else open(path, "rb")

        with open_plainly() as stream:
            start = stream.read(512)
            size = stream.seek(0, os.SEEK_END)
        if not start:
            raise Complaint("is empty")
        if start.startswith(b"PK"):
            return self._unzip(path, open_plainly, size, options)
        if start.startswith(b"\x1f\x8b"):
            def unpacked():
                return io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=open_plainly()), size))

            with unpacked() as stream:
                _refuse_what_is_no_table(stream.read(512), is_packed=True)
            return unpacked
        _refuse_what_is_no_table(start)
        return open_plainly

    def _unzip(self, path, open_plainly, size, options):
        with open_plainly() as stream, zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX")]
            if sum(m.file_size for m in members) > max(FREE_BYTES, MOST_TIMES_PACKED * size):
                raise Complaint("unpacks to more than %d times its size" % MOST_TIMES_PACKED)
            names = {m.filename for m in members}
            for name, what in _DOCUMENTS.items():
                if name in names:
                    raise Complaint("is %s: save the table as .xlsx or CSV" % what)
            if "[Content_Types].xml" in names or path.lower().endswith((".xlsx", ".xlsm")):
                self.counts_records = True
                kept = tempfile.TemporaryFile()
                self.notes += workbook.to_csv(archive, stream, kept, options.sheet, self._progress)
                self._kept = kept
            elif len(members) == 1:
                with archive.open(members[0]) as member:
                    _refuse_what_is_no_table(member.read(512), is_packed=True)
                with archive.open(members[0]) as member:
                    self._keep(member)
            else:
                raise Complaint("is an archive of %d files: unpack it and name one" % len(members))
        return self._reopen

    def _keep(self, stream):
        kept = tempfile.TemporaryFile()
        shutil.copyfileobj(stream, kept, 1 << 20)
        self._kept = kept

    def _reopen(self):
        self._kept.flush()
        stream = os.fdopen(os.dup(self._kept.fileno()), "rb")
        stream.seek(0)
        return stream


def _look_at(path):
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise Complaint("there is no such file") from None
    except OSError:
        raise Complaint("cannot be read") from None
    if stat.S_ISDIR(found.st_mode):
        raise Complaint("is a directory")
    if not os.access(path, os.R_OK):
        raise Complaint("cannot be read")
    return found


def _refuse_what_is_no_table(start, is_packed=False):
    for pattern, what in _KINDS.items():
        if re.match(pattern, start, re.DOTALL):
            raise Complaint("is " + what)
    if is_packed and start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise Complaint("is packed twice, such as a workbook in a .zip or .gz: unpack it once")


def _name_of_encoding(encoding):
    return {"cp1252": "Windows-1252", "cp932": "Shift JIS", "cp1250": "Windows-1250",
            "cp1251": "Windows-1251", "mac_roman": "Mac Roman"}.get(encoding, encoding)
