"""Many relationships at once: check, score, compare and report a portfolio, and render its reports in batches.

A portfolio is streamed: each questionnaire becomes a small record that is kept in a store on disk
(`store`), and everything else (tables, plan, clusters, report) is made from these records. No country is
ranked; where relationships are compared, the chance that one is ahead of the other is stated.
"""
