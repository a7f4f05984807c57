"""Pages for township auditors."""
