"""From a result to pages: view, charts, HTML and PDF."""
