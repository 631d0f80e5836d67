"""Discord glue only."""
