package dev.xebec.kit.cluster;

import java.nio.file.Path;

/**
 * What a member shows and trusts on the event bus; both sides of each connection show a certificate.
 *
 * @param certificate the member's own, PEM
 * @param key its private key, PEM, PKCS#8
 * @param authority the cluster's own CA, PEM: whoever it has signed is a member
 */
public record BusTls(Path certificate, Path key, Path authority) {}
