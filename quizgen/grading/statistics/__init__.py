"""What the scores of a class say about its questions: functions on values, each with its formula and its source."""
