package dev.xebec.node.probe;

import dev.xebec.node.probe.Prober.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A GET that succeeds with a status from 200 to 399. Certificates are not checked, and a container may be slow only for
 * the timeout as a whole. Source: Kubernetes {@code pkg/probe/http}.
 */
final class HttpCheck {
    private static final int MAX_BODY_BYTES = 10 * 1024;

    private HttpCheck() {}

    static Result run(ProbeCheck.Http http, Duration timeout) {
        boolean tls = http.scheme().equalsIgnoreCase("HTTPS");
        String path = http.path().startsWith("/") ? http.path() : "/" + http.path();
        String url = http.scheme().toLowerCase(Locale.ROOT) + "://" + http.host() + ":" + http.port() + path;
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(http.host(), http.port()), (int) timeout.toMillis());
            plain.setSoTimeout(left(deadline));
            try (Socket socket = tls ? secure(plain, http) : plain) {
                socket.getOutputStream().write(request(http, path).getBytes(StandardCharsets.UTF_8));
                return result(socket.getInputStream());
            }
        } catch (IOException failed) {
            return new Result(false, "Get \"" + url + "\": " + failed.getMessage());
        }
    }

    private static int left(long deadline) {
        return (int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
    }

    private static String request(ProbeCheck.Http http, String path) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        Map<String, String> headers = http.headers();
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("Host"))) {
            request.append("Host: ").append(http.host()).append(':').append(http.port()).append("\r\n");
        }
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("User-Agent"))) {
            request.append("User-Agent: kube-probe/1.36\r\n");
        }
        headers.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("Accept: */*\r\nConnection: close\r\n\r\n").toString();
    }

    private static Result result(InputStream in) throws IOException {
        String answer = new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
        String[] words = answer.split("[ \r\n]", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("\\d{3}")) {
            return new Result(false, "malformed HTTP response \"" + answer.strip() + "\"");
        }
        int code = Integer.parseInt(words[1]);
        in.skipNBytes(Math.min(in.available(), MAX_BODY_BYTES));
        return code >= 200 && code < 400
                ? new Result(true, "")
                : new Result(false, "HTTP probe failed with statuscode: " + code);
    }

    private static Socket secure(Socket plain, ProbeCheck.Http http) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new Anyone()}, null);
            return context.getSocketFactory().createSocket(plain, http.host(), http.port(), true);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no TLS in this Java", missing);
        }
    }

    /** Probes ask whether a container answers, not who it is. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
