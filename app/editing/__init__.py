"""Between forms and the content of a list: what was typed is read into records, graphs are changed, mistakes are told.

Shared by the county's desk and the desks of villages; knows no audience and no database.
"""
