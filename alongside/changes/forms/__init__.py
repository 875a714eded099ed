"""What staff type in this room. Forms turn input into facts and save nothing."""
