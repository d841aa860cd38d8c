"""Reading files of every kind into sheets of cells, without any opinion about what the cells mean."""
