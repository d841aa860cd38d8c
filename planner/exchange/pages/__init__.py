"""The clauses and the findings, each as one HTML page that opens without a network."""
