package dev.xebec.gateway.discovery;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.openapi.OpenApiV3;
import java.util.List;
import java.util.Map;

/** A document that changes with the served kinds only: ready bytes and the tag by which clients keep it. */
record Document(String contentType, Bytes body, String hash) {

    static Document of(String contentType, byte[] body) {
        return new Document(contentType, Bytes.of(body), OpenApiV3.hash(body));
    }

    /** The answer; where the client has the document already, the door leaves out the body. */
    Answer.Body answer() {
        return new Answer.Body(200, contentType, Map.of("ETag", '"' + hash + '"', "Vary", "Accept"), List.of(body));
    }
}
