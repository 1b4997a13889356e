"""One sheet of an .xlsx workbook as CSV, with numbers and days as they are stored."""

import csv
import datetime
import decimal
import io
import re
import warnings
import zipfile

from .complaint import Complaint, shown
from .names import recognize
from .numerals import STORED_MARK

MOST_SHARED_TEXT = 300 << 20
HEADER_ROWS = 100
# beyond these spreadsheets round whole numbers, such as ids
MOST_EXACT_DIGITS = 15
NOT_WHOLE = "is not a whole workbook: open it and save it again, or export as CSV"


def to_csv(archive, stream, kept, wanted, progress):
    """Write the sheet that has the table to kept, a binary file.  Returns notes for the user."""
    try:
        import openpyxl
    except ImportError:
        raise Complaint("is a workbook, for which python3-openpyxl is needed: install it or export as CSV") from None
    try:
        _refuse_bombs(archive)
        stream.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            sheet = _sheet_of(book, wanted)
            formulas = None
            if _has_formulas(archive):
                formulas = openpyxl.load_workbook(stream, read_only=True)[sheet.title]
                formulas.reset_dimensions()
            _write(sheet, formulas, kept, progress)
    except Complaint:
        raise
    except MemoryError:
        raise
    except Exception:       # openpyxl meets a broken workbook with whatever error comes first
        raise Complaint(NOT_WHOLE) from None
    if len(book.sheetnames) > 1:
        return ['Read sheet "%s" of %d; --sheet=NAME takes another.' % (shown(sheet.title), len(book.sheetnames))]
    return []


def _refuse_bombs(archive):
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if b"<!DOCTYPE" in part.read(2048).upper():
                    raise Complaint(NOT_WHOLE)
        if member.filename.endswith("sharedStrings.xml") and member.file_size > MOST_SHARED_TEXT:
            raise Complaint("has too much text for a workbook: export as CSV")
    if not any(member.filename == "xl/workbook.xml" for member in archive.infolist()):
        raise Complaint(NOT_WHOLE)


def _sheet_of(book, wanted):
    if wanted:
        if wanted not in book.sheetnames:
            raise Complaint("has no sheet \"%s\"; it has: %s"
                            % (shown(wanted), ", ".join(shown(name, 20) for name in book.sheetnames)))
        sheet = book[wanted]
        sheet.reset_dimensions()
        return sheet
    for sheet in book.worksheets:
        # what a sheet says of its own size is often wrong
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=HEADER_ROWS, values_only=True):
            fields = {recognize(cell).field for cell in row if isinstance(cell, str)}
            if len(fields - {None}) > 2 and fields & {"impressions", "clicks", "link"}:
                return sheet
    return book.worksheets[0]


def _has_formulas(archive):
    for member in archive.infolist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
            tail = b""
            with archive.open(member) as part:
                while True:
                    chunk = part.read(1 << 20)
                    if not chunk:
                        break
                    if re.search(rb"<f[ >/]", tail + chunk):
                        return True
                    tail = chunk[-3:]
    return False


def _write(sheet, formulas, kept, progress):
    text = io.TextIOWrapper(kept, "utf-8", newline="", write_through=True)
    write = csv.writer(text).writerow
    formula_rows = formulas.iter_rows() if formulas is not None else None
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_text_of(cell) for cell in row]
        if formula_rows is not None:
            for position, formula in enumerate(next(formula_rows, ())):
                if formula.data_type == "f" and position < len(cells) and row[position].value is None:
                    raise Complaint("row %d: column %d has a formula without a value: open the workbook, save it"
                                    % (number, position + 1))
        while cells and not cells[-1]:
            cells.pop()
        write(cells if cells else [""])
        progress(number)
    text.detach()


def _text_of(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return _number(value, "%" in (cell.number_format or ""))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return str(value)


def _number(value, is_percent):
    number = decimal.Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    digits = format(number * 100 if is_percent else number, "f")
    if digits.endswith(".0"):
        digits = digits[:-2]
    if len(digits) > MOST_EXACT_DIGITS and digits.isdigit():
        digits += STORED_MARK
    return digits.replace(".", STORED_MARK) + ("%" if is_percent else "")
