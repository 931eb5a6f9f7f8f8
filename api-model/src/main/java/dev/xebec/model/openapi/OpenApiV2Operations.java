package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The protobuf messages of an OpenAPI v2 document's paths.
 *
 * <p>Source: the numbers of gnostic's {@code OpenAPIv2.proto}.
 */
final class OpenApiV2Operations {
    private OpenApiV2Operations() {}

    /** A {@code PathItem}. */
    static OpenApiV2Message item(JsonNode item) {
        OpenApiV2Message message = new OpenApiV2Message();
        item.properties().forEach(part -> {
            JsonNode value = part.getValue();
            switch (part.getKey()) {
                case "get" -> message.part(2, operation(value));
                case "put" -> message.part(3, operation(value));
                case "post" -> message.part(4, operation(value));
                case "delete" -> message.part(5, operation(value));
                case "options" -> message.part(6, operation(value));
                case "head" -> message.part(7, operation(value));
                case "patch" -> message.part(8, operation(value));
                case "parameters" -> value.forEach(one -> message.part(9, parameterOrReference(one)));
                default -> throw new IllegalStateException("a path has an unknown part: " + part.getKey());
            }
        });
        return message;
    }

    private static OpenApiV2Message operation(JsonNode operation) {
        OpenApiV2Message message = new OpenApiV2Message();
        operation.properties().forEach(part -> {
            JsonNode value = part.getValue();
            switch (part.getKey()) {
                case "tags" -> value.forEach(one -> message.text(1, one.asText()));
                case "description" -> message.text(3, value.asText());
                case "operationId" -> message.text(5, value.asText());
                case "produces" -> value.forEach(one -> message.text(6, one.asText()));
                case "consumes" -> value.forEach(one -> message.text(7, one.asText()));
                case "parameters" -> value.forEach(one -> message.part(8, parameterOrReference(one)));
                case "responses" -> message.part(9, responses(value));
                case "schemes" -> value.forEach(one -> message.text(10, one.asText()));
                default -> message.part(13, OpenApiV2Message.extension(part.getKey(), value));
            }
        });
        return message;
    }

    /** A {@code ParametersItem}. */
    private static OpenApiV2Message parameterOrReference(JsonNode parameter) {
        return parameter.has("$ref")
                ? new OpenApiV2Message().part(2, new OpenApiV2Message().text(1, parameter.path("$ref").asText()))
                : new OpenApiV2Message().part(1, parameter(parameter));
    }

    /** A {@code Parameter}: one in the body, or one that is not, by its place. */
    static OpenApiV2Message parameter(JsonNode parameter) {
        return switch (parameter.path("in").asText()) {
            case "body" -> new OpenApiV2Message().part(1, body(parameter));
            case "query" -> new OpenApiV2Message().part(2, new OpenApiV2Message().part(3, query(parameter)));
            case "path" -> new OpenApiV2Message().part(2, new OpenApiV2Message().part(4, path(parameter)));
            default -> throw new IllegalStateException("a parameter is in an unknown place: " + parameter);
        };
    }

    private static OpenApiV2Message body(JsonNode parameter) {
        OpenApiV2Message message = new OpenApiV2Message();
        message.text(2, parameter.path("name").asText()).text(3, "body");
        if (parameter.path("required").asBoolean()) {
            message.count(4, parameter.path("required"));
        }
        return message.part(5, new OpenApiV2Message().part(1, OpenApiV2Message.schema(parameter.path("schema"))));
    }

    private static OpenApiV2Message query(JsonNode parameter) {
        OpenApiV2Message message = new OpenApiV2Message();
        message.text(2, "query").text(3, parameter.path("description").asText());
        message.text(4, parameter.path("name").asText()).text(6, parameter.path("type").asText());
        message.count(20, parameter.path("uniqueItems"));
        return message;
    }

    private static OpenApiV2Message path(JsonNode parameter) {
        OpenApiV2Message message = new OpenApiV2Message();
        message.count(1, parameter.path("required"));
        message.text(2, "path").text(3, parameter.path("description").asText());
        message.text(4, parameter.path("name").asText()).text(5, parameter.path("type").asText());
        message.count(18, parameter.path("uniqueItems"));
        return message;
    }

    private static OpenApiV2Message responses(JsonNode responses) {
        OpenApiV2Message message = new OpenApiV2Message();
        responses.properties().forEach(one -> {
            OpenApiV2Message response = new OpenApiV2Message().text(1, one.getValue().path("description").asText());
            if (one.getValue().has("schema")) {
                response.part(2,
                        new OpenApiV2Message().part(1, OpenApiV2Message.schema(one.getValue().path("schema"))));
            }
            message.part(1, new OpenApiV2Message().text(1, one.getKey())
                    .part(2, new OpenApiV2Message().part(1, response)));
        });
        return message;
    }
}
