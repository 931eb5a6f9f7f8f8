package dev.xebec.system.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A server that is asked, by the address and the credential of a kubeconfig. */
final class Asked implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final HttpClient http;
    private final String url;

    Asked(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.http = client.getHttpClient();
        this.url = config.getMasterUrl().replaceAll("/$", "");
    }

    /** @param warnings sorted, because their order says nothing */
    record Answer(int code, JsonNode body, List<String> warnings) {}

    Answer ask(PeerCase one) throws IOException, InterruptedException {
        HttpRequest.Builder request = http.newHttpRequestBuilder().uri(url + one.path()).header("Accept", one.accept())
                .method(one.method(), one.contentType(), one.body());
        try {
            HttpResponse<String> response = http.sendAsync(request.build(), String.class).get();
            return new Answer(response.code(), tree(response.bodyString()),
                    response.headers("Warning").stream().sorted().toList());
        } catch (ExecutionException failed) {
            throw new IOException(one + " was not answered", failed.getCause());
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException noJson) {
            return TextNode.valueOf(text);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
