"""Documents: what people attach, such as minutes; photos drawn anew, PDFs for download only."""
