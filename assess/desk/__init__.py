"""What people do with a questionnaire before it is scored: fill it in, share it out, merge and compare it."""
