"""How the paragraphs and sentences of a source document are told apart and numbered."""
