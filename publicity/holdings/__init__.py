"""Holdings (三资): assets, resources, receivables, payables and contracts as registers with history."""
