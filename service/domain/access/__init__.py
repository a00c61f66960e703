"""Who may do what: clinics, people, keys, clients, their permissions and limits."""
