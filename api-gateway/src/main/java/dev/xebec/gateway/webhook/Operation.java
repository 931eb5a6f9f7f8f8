package dev.xebec.gateway.webhook;

/** What is being done, as admission names it. */
public enum Operation {
    CREATE, UPDATE, DELETE, CONNECT
}
