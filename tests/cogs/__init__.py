"""The bot on Discord, driven through simcord."""
