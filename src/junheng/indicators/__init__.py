"""Measures the register and judges it by the standards.

In: a snapshot and a law book. Out: findings, county verdicts, the forms made of them, and the way back to the rows.
Papers: 教督〔2017〕6号, 教督〔2012〕3号, GB 50099-2011, 国发〔2016〕40号.
"""
