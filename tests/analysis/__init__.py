"""Text analysis: rules and labelled data."""
