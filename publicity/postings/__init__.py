"""What a posting says: values of its category's columns, read cell by cell, shown by audience, compared."""
