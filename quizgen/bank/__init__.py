"""The bank: the only reader of YAML. Strict, with every fault of every file told at its line and column."""
