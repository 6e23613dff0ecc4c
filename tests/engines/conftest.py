"""Java compiles for a short life here: making short queries fast would take half of the suite's time."""

import os

os.environ["PYSPARK_SUBMIT_ARGS"] = "--driver-java-options -XX:TieredStopAtLevel=1 pyspark-shell"
