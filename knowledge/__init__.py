"""What is true: provisions and their versions, sources, places. Never imports the other rooms."""
