"""The register's screen and its parts."""
