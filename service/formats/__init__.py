"""Pure translation between the domain and the outside: sheets, files, problems."""
