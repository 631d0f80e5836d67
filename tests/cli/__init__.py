"""The command line, through the real process."""
