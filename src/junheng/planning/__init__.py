"""What to do: a snapshot and prices in, a plan out that costs least, proven and checkable.

In: the register ahead (`ahead`, `forecast`), the items of `indicators`, prices with their evidence (`pricing`), limits of the
user. Out: `balance.plan(task) -> Plan`: measures by school and year with cost, bound and gap; `check` recomputes it from the
snapshot. Papers: 教督〔2017〕6号 for what is asked; prices are estimates until a county lays its own over them.
"""
