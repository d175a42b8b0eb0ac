"""How far several raters agree.

Ratings have shape (raters, units): one row a rater, one column a rated thing. Every coefficient
is 1 for perfect agreement and about 0 for chance. Where ratings do not vary at all (everybody
always gives the same one) the coefficient is undefined and NaN is returned, never 1.
Only Krippendorff's alpha accepts missing ratings (NaN).
"""

from assess._arrays import ArrayError
from assess.agreement.alpha import AlphaInterval, bootstrap_alpha, krippendorff_alpha
from assess.agreement.icc import (
    Form,
    IntraclassCorrelation,
    intraclass_correlation,
    intraclass_correlations,
)
from assess.agreement.kappa import Kappa, cohen_kappa, fleiss_kappa, rating_counts

__all__ = [
    "AlphaInterval",
    "ArrayError",
    "Form",
    "IntraclassCorrelation",
    "Kappa",
    "bootstrap_alpha",
    "cohen_kappa",
    "fleiss_kappa",
    "intraclass_correlation",
    "intraclass_correlations",
    "krippendorff_alpha",
    "rating_counts",
]
