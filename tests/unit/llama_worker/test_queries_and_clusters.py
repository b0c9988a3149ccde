"""Queries folded and masked; clusters deterministic, with an identity that lasts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from llama_worker.domain import clusters
from llama_worker.domain.clusters import Cluster, cluster, coverage
from llama_worker.domain.queries import AskedQuery, Query, distinct


def asked(text: str, person: str = "p", language: str = "en") -> AskedQuery:
    return AskedQuery(text=text, language=language, person=person)


def query(number: int, frequency: int = 1, people: int = 1) -> Query:
    return Query(
        hash=f"{number:08x}".ljust(64, "0"), text=f"question number {number}", language="en", frequency=frequency,
        people=frozenset(f"p{number}-{each}" for each in range(people)),
    )  # fmt: skip


def unit(*rows: list[float]) -> np.ndarray:
    matrix = np.asarray(rows, dtype=np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def group(queries: list[Query], vectors: np.ndarray, known: dict[str, str] | None = None) -> list[Cluster]:
    return cluster(queries, vectors, threshold=0.75, min_queries=3, min_people=3, known=known or {})


def test_equal_normal_forms_are_one_query_with_frequency_and_people() -> None:
    (one,) = distinct(
        [asked("How much is the overstay fine?", "a"), asked("how much is the overstay fine", "b"),
         asked("HOW MUCH is the overstay fine", "a")]
    )  # fmt: skip
    assert (one.frequency, one.people) == (3, frozenset({"a", "b"}))


def test_personal_data_is_masked_before_it_is_counted_or_kept() -> None:
    (one,) = distinct(
        [asked("is +62 812 3456 7890 your office number"), asked("is +39 347 1234567 your office number")]
    )
    assert one.frequency == 2
    assert "<phone>" in one.text
    assert not any(char.isdigit() for char in one.text)


def test_too_short_and_too_long_questions_are_left_out() -> None:
    assert distinct([asked("KITAS?"), asked("word " * 100)]) == []


def test_near_queries_of_enough_people_are_a_cluster_led_by_the_most_frequent() -> None:
    queries = [query(1, frequency=5), query(2), query(3), query(4, frequency=9, people=3)]
    queries.sort(key=lambda each: -each.frequency)
    vectors = unit([0, 1, 0], [1, 0.1, 0], [1, 0.2, 0], [1, 0, 0.1])
    found = group(queries, vectors)
    assert [each.canonical.hash for each in found] == [queries[0].hash, queries[1].hash]
    assert found[1].frequency == 7
    assert found[1].people == 3


def test_one_person_asking_often_is_no_cluster() -> None:
    often = [query(number, frequency=50) for number in range(2)]
    assert group(often, unit([1, 0], [1, 0.01])) == []


def test_a_cluster_keeps_its_id_when_its_canonical_question_changes() -> None:
    monday = [query(1, frequency=3), query(2), query(3)]
    vectors = unit([1, 0], [1, 0.1], [1, 0.2])
    (before,) = group(monday, vectors)
    known = {member.query.hash: before.cluster_id for member in before.members}
    tuesday = [query(9, frequency=8), query(2), query(3)]
    (after,) = group(tuesday, vectors, known)
    assert after.cluster_id == before.cluster_id
    assert after.known


def test_coverage_is_the_share_of_what_was_asked() -> None:
    queries = [query(1, frequency=6, people=3), query(2, frequency=2)]
    found = group(queries, unit([1, 0], [0, 1]))
    assert coverage(found, queries) == 0.75
    assert coverage([], []) == 0.0


@settings(max_examples=50)
@given(
    arrays.arrays(np.float32, (12, 4), elements=st.floats(-1, 1, width=32)).filter(
        lambda m: (np.abs(m).sum(1) > 0.1).all()
    )
)
def test_clustering_is_deterministic_and_a_partition(matrix: np.ndarray) -> None:
    queries = [query(number, frequency=3, people=3) for number in range(12)]
    vectors = unit(*matrix.tolist())
    one, other = group(queries, vectors), group(queries, vectors)
    assert one == other
    members = [member.query.hash for each in one for member in each.members]
    assert sorted(members) == sorted(each.hash for each in queries)
    assert len({each.cluster_id for each in one}) == len(one)


def one_by_one(vectors: np.ndarray, threshold: float) -> list[list[tuple[int, float]]]:
    """The same by the book: one leader after the other, compared with everybody."""
    free = list(range(len(vectors)))
    found = []
    while free:
        similarity = {each: float((vectors[each].astype(np.float64) * vectors[free[0]]).sum()) for each in free}
        near = [each for each in free if each == free[0] or similarity[each] >= threshold]
        near.sort(key=lambda each: (each != free[0], -similarity[each], each))
        found.append([(each, similarity[each]) for each in near])
        free = [each for each in free if each not in near]
    return found


@pytest.mark.parametrize("block", [1, 3, 256])
@settings(max_examples=60)
@given(
    matrix=arrays.arrays(np.float32, st.tuples(st.integers(1, 20), st.just(4)), elements=st.floats(-1, 1, width=32)),
    repeats=st.lists(st.integers(0, 19), max_size=12),
    threshold=st.sampled_from([0.5, 0.75, 1.0]),
)
def test_blocks_give_what_one_leader_at_a_time_gives(
    block: int, matrix: np.ndarray, repeats: list[int], threshold: float
) -> None:
    """Also for repeated vectors, for similarities at the threshold itself, and for vectors without a length."""
    matrix = np.concatenate([matrix, *(matrix[each % len(matrix)][None] for each in repeats)])
    vectors = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), np.float32(1e-12))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters, "_BLOCK", block)
        found = [
            list(zip(near.tolist(), similarity.tolist(), strict=True))
            for near, similarity in clusters._groups(vectors, threshold)
        ]
    assert found == one_by_one(vectors, threshold)
