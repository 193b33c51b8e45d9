"""Times faiss' exact search (IndexFlatIP) for retrieval_bench.ts.

Arguments: file of items [n, d] and file of queries [q, d], both float32, then d, N and threads.
For every batch size that comes in as a line, searches all queries in batches of that size and
answers with a line: the seconds it took.
"""

import sys
import time

import faiss
import numpy

items, queries, d, n, threads = sys.argv[1:]
faiss.omp_set_num_threads(int(threads))
index = faiss.IndexFlatIP(int(d))
index.add(numpy.fromfile(items, dtype=numpy.float32).reshape(-1, int(d)))
queries = numpy.fromfile(queries, dtype=numpy.float32).reshape(-1, int(d))
print("faiss " + faiss.__version__, flush=True)
for line in sys.stdin:
    batch = int(line)
    start = time.perf_counter()
    for first in range(0, len(queries), batch):
        index.search(queries[first : first + batch], int(n))
    print(time.perf_counter() - start, flush=True)
