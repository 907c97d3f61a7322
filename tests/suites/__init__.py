"""What the world does to a workspace: kills, full and read-only disks, damage, clocks, crowds. `make kills` and its like run them."""
