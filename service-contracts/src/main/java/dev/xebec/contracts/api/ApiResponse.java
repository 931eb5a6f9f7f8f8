package dev.xebec.contracts.api;

import dev.xebec.contracts.Bytes;
import java.util.Map;

/** @param headers beyond Content-Type and Content-Length, such as {@code Retry-After} and {@code Warning} */
public record ApiResponse(int code, String contentType, Map<String, String> headers, Bytes body) {

    public boolean ok() {
        return code >= 200 && code < 300;
    }
}
