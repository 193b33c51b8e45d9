"""faiss' exact search (IndexFlatIP), for lib/bench/bench_retrieval.ts.

Argument: a JSON object with the files of items [n, d] and of queries [q, d], both float32, d, N and
threads. Prints a line when it is ready. For every batch size that comes in as a line, searches all
queries in batches of that size and prints {"wall", "processor"}: the milliseconds it took.
"""

import json
import sys
import time

import faiss
import numpy

setup = json.loads(sys.argv[1])
d, N = setup["d"], setup["N"]
faiss.omp_set_num_threads(setup["threads"])
index = faiss.IndexFlatIP(d)
index.add(numpy.fromfile(setup["items"], dtype=numpy.float32).reshape(-1, d))
queries = numpy.fromfile(setup["queries"], dtype=numpy.float32).reshape(-1, d)
print(json.dumps({"version": f"faiss {faiss.__version__}"}), flush=True)
for line in sys.stdin:
    batch = int(line)
    wall, processor = time.perf_counter(), time.process_time()
    for first in range(0, len(queries), batch):
        index.search(queries[first : first + batch], N)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(json.dumps({"wall": 1000 * wall, "processor": 1000 * processor}), flush=True)
