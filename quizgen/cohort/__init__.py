"""Cohorts: an individual form for each student of a roster, made in batches by one process, several, or a cluster."""
