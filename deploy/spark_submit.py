"""What spark-submit takes: `spark-submit --master spark://HOST:7077 deploy/spark_submit.py measure --city CITY ...`."""

from junheng.cli import main

main()
