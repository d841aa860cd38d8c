"""The clauses and the findings, each as one HTML page that needs no network."""
