"""What officers and managers record: reports, dates, indicator values, and confirmations that items have ended."""
