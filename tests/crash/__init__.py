"""The whole program, with the real model, against a Discord of our own on loopback: killed, and flooded."""
