"""Results against each other: over time, and many relationships side by side."""
