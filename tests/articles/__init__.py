"""Tests of bot.articles."""
