"""The library: lists, procedures, prohibitions and rules that ship as data files, read and checked."""
