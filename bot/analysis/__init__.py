"""Text analysis: commitments, propositions, matching, contradiction. No network, no clock, no database."""
