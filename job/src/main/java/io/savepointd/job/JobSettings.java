package io.savepointd.job;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything the arguments decide.
 *
 * @param parallelism of the averages and the print; empty leaves it to the submission
 * @param results the directory that receives the final averages; empty writes none
 */
record JobSettings(
    InputSettings input,
    OptionalInt parallelism,
    Emit emit,
    SinkKind sink,
    Optional<String> results) {}
