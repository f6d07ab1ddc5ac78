"""Fills a database with the demo's work, over and over: other services, other schools, ten years of it."""
