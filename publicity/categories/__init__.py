"""The directory of what is posted (公开目录): party, village and financial affairs."""
