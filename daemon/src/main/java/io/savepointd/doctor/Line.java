package io.savepointd.doctor;

/** A check and its verdict. */
public record Line(String check, Verdict verdict) {}
