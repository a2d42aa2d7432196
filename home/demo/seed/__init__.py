"""Puts the demo's content into the database, through the same services that people's clicks go through."""
