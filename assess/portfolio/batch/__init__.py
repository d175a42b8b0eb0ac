"""Render the reports of a portfolio: on the cores of this machine, or on those of a cluster.

Workers make reports in memory and hand them back; the coordinator alone writes. So a report is written
once, whole, whichever worker died on the way, and workers need no access to where reports go.
"""
