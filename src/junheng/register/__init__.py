"""What the city has, by school year: files handed in become checked rows, rows become snapshots that never change.

In: workbooks, lists with a mapping. Out: faults, snapshots. Papers: the school census forms; GB/T 2260; GB 11643.
"""
