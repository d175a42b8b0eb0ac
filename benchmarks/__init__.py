"""Speed, as ratios measured in one run; documents quote only what these print."""
