"""Reads what ad platforms export, whatever its dialect, as canonical rows."""
