"""How sure the figures are: likely range, robustness range, stage probabilities, agreement, perception gap.

Everything here is a function of a rubric and a result. `assess.uncertainty.run.quantify` runs it in order.
"""
