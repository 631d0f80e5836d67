"""What can go wrong around the bot, each thing with a clear outcome."""
