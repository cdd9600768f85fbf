"""Trying out how an answer is read and graded, without a form: what `quizgen read` prints."""
