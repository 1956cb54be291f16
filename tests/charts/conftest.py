from hypothesis import settings

# Properties say what holds, not how fast: a busy machine must not fail them.
settings.register_profile("prioritizer", deadline=None)
settings.load_profile("prioritizer")
