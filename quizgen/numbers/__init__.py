"""How a number is printed, read back from what a person wrote, and compared."""
