"""What goes out, for the OpenAPI document; the views send plain data of these shapes."""
