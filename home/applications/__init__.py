"""What people send us about themselves: to be mentored, to join the network, to be told next time.

An app of its own because all of it is private: pages link to its forms, and no public code may import it.
"""
