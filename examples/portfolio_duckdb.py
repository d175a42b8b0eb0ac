"""Read the tables of a portfolio with DuckDB.

    assess portfolio examples --out out
    python examples/portfolio_duckdb.py out

DuckDB reads Parquet where it lies; Polars, pandas and R's arrow do as well. docs/portfolio.md says what
every column means, and a column says so itself: see the last query.
"""

import sys
from pathlib import Path

import duckdb

QUESTIONS = {
    "How the relationships stand, at their newest date": """
        select relationship, as_of, round(index) as index, round(likely_low) as low, round(likely_high) as high,
               round(100 * coverage) as coverage, coalesce(stage, stage_lowest || ' to ' || stage_highest) as stage
        from portfolio where latest order by relationship
    """,
    "What moved since an earlier date": """
        select a.relationship, a.as_of as before, b.as_of as after, round(b.index - a.index, 1) as change,
               b.likely_low > a.likely_high or b.likely_high < a.likely_low as clear
        from portfolio a join portfolio b using (relationship)
        where b.latest and a.as_of < b.as_of order by abs(b.index - a.index) desc limit 10
    """,
    "How likely one relationship is ahead of another, from the quantiles of their draws": """
        with q as (select relationship, unnest(index_quantiles) as value from portfolio where latest)
        select a.relationship as one, b.relationship as other,
               round(avg((a.value > b.value)::int + 0.5 * (a.value = b.value)::int), 2) as chance
        from q a join q b on a.relationship < b.relationship
        group by all order by one, other limit 10
    """,
    "Which indicators are known least": """
        select i.indicator, count(*) as relationships, round(100 * avg((state = 'unknown')::int)) as unknown_percent
        from indicators i join portfolio p using (relationship, as_of)
        where p.latest group by i.indicator order by unknown_percent desc, i.indicator limit 10
    """,
    "Which scheme and rubric the tables were made with": """
        select key::varchar as key, value::varchar as value
        from parquet_kv_metadata('{folder}/portfolio.parquet') where key::varchar like 'assess%' order by key
    """,
}


def main(folder: Path) -> None:
    """Answer some questions about the tables in ``folder``."""
    base = duckdb.connect()
    for name in ("portfolio", "indicators"):
        base.execute(f"create view {name} as select * from read_parquet('{folder / name}.parquet')")  # noqa: S608
    for title, query in QUESTIONS.items():
        sys.stdout.write(f"\n{title}\n")
        base.sql(query.replace("{folder}", str(folder))).show(max_width=110)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
