"""The same shop, written as others write it, over the baked project's own tables.

Each runs in the baked project's folder, with that project's models where it is Django.
"""
