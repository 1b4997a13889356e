"""The one way to refuse a file: a single line that a marketer understands."""

import unicodedata


class Complaint(Exception):
    """One line that says what is wrong, where, and what would be right."""


def shown(text, width=40):
    """The text on one line, without control characters, cut to a width."""
    words = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
                    else c for c in str(text)).split()
    line = " ".join(words)
    return line if len(line) <= width else line[:width - 1] + "…"


def at(line, header, problem):
    """A complaint about one cell, named by its line and column."""
    return Complaint('line %d, column "%s": %s' % (line, shown(header), problem))
