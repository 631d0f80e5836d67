"""Pledgewatch: a Discord bot that keeps people to their word."""
