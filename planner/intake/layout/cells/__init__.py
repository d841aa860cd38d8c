"""Reading the values of cells as people write them: texts, codes, days, percents, organisations, words and lists."""
