"""Responses in, scores out: reading response files, grading, diagnosis, reports."""
