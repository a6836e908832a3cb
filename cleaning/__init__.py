"""Clean scraped documents and publish them as a dataset that can be trusted."""
