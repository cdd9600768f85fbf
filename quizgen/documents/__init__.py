"""Documents: what a page says, whatever its format. One file per document."""
