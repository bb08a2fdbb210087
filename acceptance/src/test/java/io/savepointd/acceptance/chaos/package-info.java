/**
 * Killing real processes at random moments, and the proof afterwards that nothing is lost, doubled
 * or left over; builds on the worlds of {@code acceptance.world}.
 */
package io.savepointd.acceptance.chaos;
