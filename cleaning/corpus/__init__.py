"""What needs the whole corpus: reading it into a table, staging cleaned documents, and writing them as a release."""
