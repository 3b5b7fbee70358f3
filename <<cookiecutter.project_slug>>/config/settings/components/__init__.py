"""Settings by concern, one module each; `config.settings.base` composes them."""
