"""The store: SQLAlchemy Core over aiosqlite."""
