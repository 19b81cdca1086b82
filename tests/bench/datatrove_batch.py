"""datatrove's MinHash stages over a set of texts, as one batch in this process."""

from collections.abc import Mapping
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.dedup.minhash import (
    MinhashConfig,
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.utils.hashing import HashConfig


def cluster(texts: Mapping[int, str], folder: Path) -> dict[int, str]:
    """Cluster label by number, with the library's default settings, but hashed by SHA-1: its call
    of xxhash does not agree with that library's present version.

    Args:
        folder: empty; for what one stage leaves to the next.
    """
    config = MinhashConfig(hash_config=HashConfig(hash_fc="sha1"))
    signatures, buckets, clusters = (str(folder / name) for name in ("sig", "buckets", "clusters"))
    documents = [Document(text=text, id=str(number)) for number, text in texts.items()]
    MinhashDedupSignature(signatures, config=config).run(iter(documents), 0, 1)
    for rank in range(config.num_buckets):
        MinhashDedupBuckets(signatures, buckets, config=config).run(None, rank, config.num_buckets)
    MinhashDedupCluster(buckets, clusters, config=config, save_cluster_id=True).run(None, 0, 1)
    labels = {int(document.id): f"alone-{document.id}" for document in documents}
    marked = _Marked()
    marker = MinhashDedupFilter(clusters, exclusion_writer=marked, load_cluster_ids=True)
    kept = list(marker.run(iter(documents), 0, 1))
    for document in (*kept, *marked.documents):
        if (found := document.metadata.get("minhash_cluster_id", -1)) != -1:
            labels[int(document.id)] = f"cluster-{found}"
    return labels


class _Marked:
    """Takes the documents that the filter drops, in place of a writer."""

    def __init__(self) -> None:
        self.documents: list[Document] = []

    def __enter__(self) -> "_Marked":
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to close."""

    def write(self, document: Document, rank: int = 0) -> None:
        """Keep one."""
        self.documents.append(document)
