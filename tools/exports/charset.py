"""The encoding of a file, by its marks, its bytes and the header names that it makes sense of."""

import codecs

from .complaint import Complaint
from .names import recognize

try:
    import chardet
except ImportError:
    chardet = None

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# what exports are written in where it is not Unicode: tried in this order
OTHERS = ("cp1252", "cp932", "cp1250", "cp1251", "gb18030", "euc_kr", "big5", "cp1254", "cp1253", "mac_roman")
MOST_SAMPLED = 1 << 16


def encoding_of(open_bytes):
    """(encoding, how it is known) of what open_bytes() opens; how is None where there is no doubt."""
    with open_bytes() as stream:
        start = stream.read(4096)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding, None
    wide = _utf16_without_mark(start)
    if wide:
        return wide, None
    place, sample, good, bad = _survey(open_bytes)
    if place is None:
        return "utf-8", None
    if good > 10 * bad:
        raise Complaint("line %d: is not UTF-8 text, as the rest of the file is" % place)
    return _likeliest(sample)


def _utf16_without_mark(start):
    pairs = len(start) // 2
    if pairs < 4:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > pairs // 2 and even < pairs // 8:
        return "utf-16-le"
    if even > pairs // 2 and odd < pairs // 8:
        return "utf-16-be"
    return None


def _survey(open_bytes):
    """Line of the first byte that is not UTF-8, the lines that have such, and how many others are good."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, place, good, bad = 1, None, 0, 0
    sample = bytearray()
    with open_bytes() as stream:
        head = stream.read(4096)
        sample += head
        chunk = head
        while chunk:
            if place is None:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    place = line + error.object[:error.start].count(b"\n")
                line += chunk.count(b"\n")
            if place is not None or not chunk.isascii():
                repaired = chunk.decode("utf-8", "replace")
                bad += repaired.count("\ufffd")
                good += sum(not c.isascii() for c in repaired) - repaired.count("\ufffd")
                if len(sample) < MOST_SAMPLED:
                    sample += b"\n".join(l for l in chunk.split(b"\n") if not l.isascii())
            chunk = stream.read(1 << 20)
    return place, bytes(sample[:MOST_SAMPLED]), good, bad


def _likeliest(sample):
    best = None
    lines = sample.splitlines()
    for encoding in OTHERS:
        text = sample.decode(encoding, "ignore")
        broken = len(sample.decode(encoding, "replace")) - len(text)
        known = _known_names(text.splitlines()[:20])
        merit = (known, -broken // 2)
        if best is None or merit > best[0]:
            best = (merit, encoding, known)
    ascii_known = _known_names(sample.decode("ascii", "ignore").splitlines()[:20])
    if best[2] > ascii_known:
        return best[1], "the header makes sense in it"
    guess = chardet and chardet.detect(sample)
    if guess and guess["encoding"] and guess["confidence"] > 0.7:
        name = guess["encoding"].lower()
        name = {"iso-8859-1": "cp1252", "shift_jis": "cp932", "gb2312": "gb18030", "windows-1252": "cp1252",
                "ascii": "cp1252", "iso-8859-9": "cp1252", "windows-1254": "cp1252"}.get(name, name)
        try:
            sample.decode(name, "replace")
            if name not in ("utf-8", "utf-16", "utf-32"):
                return name, "detected"
        except LookupError:
            pass
    return "cp1252", "as it is not UTF-8"


def is_read_twice(open_bytes):
    """Whether all that is not ASCII at the beginning is UTF-8 that was read as Windows-1252 and written again."""
    with open_bytes() as stream:
        lines = stream.read(MOST_SAMPLED).decode("utf-8-sig", "ignore").splitlines()[:-1]
    odd = [line for line in lines if not line.isascii()]
    return bool(odd) and all(read_once(line) != line for line in odd)


def read_once(line):
    """The line as it was before UTF-8 was read as Windows-1252; the line itself where it was not."""
    try:
        return line.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return line


def _known_names(lines):
    best = 0
    for line in lines:
        for delimiter in "\t;,":
            if delimiter in line:
                cells = [cell.strip('"') for cell in line.split(delimiter)]
                best = max(best, sum(recognize(cell).field is not None for cell in cells))
    return best
