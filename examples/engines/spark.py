"""Pipes documents as JSON lines through rcalint with Spark.

    spark-submit spark.py INPUT OUTPUT

INPUT is a file or folder with one {"path": ..., "text": ...} per line, OUTPUT a folder that does not exist yet. Set RCALINT to
the path of the program if it is not on the PATH of the workers.
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
    # checkCode: if the program exits with 2, the task fails rather than leaving a gap in the results.
    lines.pipe(command, checkCode=True).saveAsTextFile(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
