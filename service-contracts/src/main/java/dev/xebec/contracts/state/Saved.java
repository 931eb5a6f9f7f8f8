package dev.xebec.contracts.state;

import dev.xebec.contracts.Bytes;

/** A key and its value, as a backup holds them. */
public record Saved(String key, Bytes value) {}
