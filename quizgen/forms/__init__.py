"""Forms: assembled exams, and the record that is kept of each."""
