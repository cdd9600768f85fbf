"""What a person has to decide: evidence in open answers, and the sheet to write points into."""
