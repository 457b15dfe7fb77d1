"""Networks that run in the page: their graphs as data, and their weights in half precision."""
