"""What others may follow: every feed with its address, in three formats."""
