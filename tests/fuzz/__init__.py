"""A fuzzer over bytes; see tests/fuzz/__main__.py."""
