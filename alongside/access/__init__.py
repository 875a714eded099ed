"""Who may do what: Actor, Permission, Role and doors. The only place that says no."""
