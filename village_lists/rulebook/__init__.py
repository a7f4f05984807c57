"""The rule book: what a county, township or village may set differently, with basis and dates."""
