"""What a village tells its people: categories, records, ledgers, review, codes, paper."""
