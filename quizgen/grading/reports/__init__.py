"""What grading says: to a student, to a teacher, and to other programs."""
