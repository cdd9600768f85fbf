"""What students handed in: files of every format read to raw strings, and checked against a form."""
