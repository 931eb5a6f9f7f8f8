package dev.xebec.server.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Kinds of keys, named as Java names their algorithms. */
enum KeyKind {
    /** P-256: small and quick. */
    EC(new ECGenParameterSpec("secp256r1")),
    /** What every client library reads; fabric8's takes a key without a kind of its own for RSA. */
    RSA(new RSAKeyGenParameterSpec(2_048, RSAKeyGenParameterSpec.F4));

    private final AlgorithmParameterSpec size;

    KeyKind(AlgorithmParameterSpec size) {
        this.size = size;
    }

    KeyPair generate(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
        generator.initialize(size, random);
        return generator.generateKeyPair();
    }
}
