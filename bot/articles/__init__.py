"""Getting articles: fetching safely, canonical addresses, reading pages, feeds."""
