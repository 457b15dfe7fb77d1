"""The exercises chapter by chapter: each module has the name of its chapter's notebook."""
