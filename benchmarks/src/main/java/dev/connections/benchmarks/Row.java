package dev.connections.benchmarks;

/**
 * One line of the table.
 *
 * @param name what was measured
 * @param ours what the library took, with its unit
 * @param peer what the peer took in the same run; empty where there is none
 * @param ratio how many times faster than the peer, or empty
 * @param goal what is to be reached
 * @param reached whether it was
 */
record Row(String name, String ours, String peer, String ratio, String goal, boolean reached) {}
