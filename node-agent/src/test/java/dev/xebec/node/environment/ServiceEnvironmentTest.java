package dev.xebec.node.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    private static ApiObject service(String name, String spec) {
        return ApiObject.of(Json.parseObject(("{'metadata':{'name':'" + name + "'},'spec':" + spec + "}")
                .replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyPortOfAServiceIsDescribed() {
        assertThat(ServiceEnvironment.of(List.of(service("my-web", "{'clusterIP':'127.128.0.9','ports':["
                + "{'name':'http','port':80,'protocol':'TCP'},{'name':'dns-q','port':53,'protocol':'UDP'}]}"))))
                .isEqualTo(Map.ofEntries(Map.entry("MY_WEB_SERVICE_HOST", "127.128.0.9"),
                        Map.entry("MY_WEB_SERVICE_PORT", "80"), Map.entry("MY_WEB_SERVICE_PORT_HTTP", "80"),
                        Map.entry("MY_WEB_SERVICE_PORT_DNS_Q", "53"), Map.entry("MY_WEB_PORT", "tcp://127.128.0.9:80"),
                        Map.entry("MY_WEB_PORT_80_TCP", "tcp://127.128.0.9:80"),
                        Map.entry("MY_WEB_PORT_80_TCP_PROTO", "tcp"), Map.entry("MY_WEB_PORT_80_TCP_PORT", "80"),
                        Map.entry("MY_WEB_PORT_80_TCP_ADDR", "127.128.0.9"),
                        Map.entry("MY_WEB_PORT_53_UDP", "udp://127.128.0.9:53"),
                        Map.entry("MY_WEB_PORT_53_UDP_PROTO", "udp"), Map.entry("MY_WEB_PORT_53_UDP_PORT", "53"),
                        Map.entry("MY_WEB_PORT_53_UDP_ADDR", "127.128.0.9")));
    }

    @Test
    void servicesWithoutAnAddressAreLeftOut() {
        assertThat(ServiceEnvironment.of(List.of(service("headless", "{'clusterIP':'None','ports':[{'port':80}]}"),
                service("outside", "{'type':'ExternalName','externalName':'example.org'}")))).isEmpty();
    }
}
