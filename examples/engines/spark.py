"""Pipes documents as JSON lines through rcalint with Spark.

    spark-submit spark.py INPUT OUTPUT

INPUT is a file or folder of lines {"path": ..., "text": ...}, OUTPUT a folder that does not exist yet. RCALINT names the
program if it is not on the path of the workers.
"""

import os
import shlex
import sys

from pyspark.sql import SparkSession


def main(source: str, target: str) -> None:
    program = shlex.quote(os.environ.get("RCALINT", "rcalint"))
    command = f"{program} check --jsonl-documents --jobs 1 --exit-zero"
    spark = SparkSession.builder.appName("rcalint").getOrCreate()
    lines = spark.sparkContext.textFile(source)
    # checkCode: a process that ends with 2 fails its task rather than leave a gap in the results.
    lines.pipe(command, checkCode=True).saveAsTextFile(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
