"""Pages for officials of a village: the desk."""
