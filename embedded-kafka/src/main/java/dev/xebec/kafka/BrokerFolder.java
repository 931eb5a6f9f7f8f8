package dev.xebec.kafka;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.metadata.AccessControlEntryRecord;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker's folder at its first start: what {@code kafka-storage format} does, and the rights of the services. */
final class BrokerFolder {
    private BrokerFolder() {}

    static void format(BrokerSettings settings) throws Exception {
        Path data = BrokerProperties.data(settings);
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(data);
        Formatter formatter = new Formatter().setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString()).setNodeId(BrokerProperties.NODE)
                .addDirectory(data.toString()).setMetadataLogDirectory(data.toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES).setIgnoreFormatted(true);
        settings.tls().ifPresent(tls -> formatter.setAdditionalBootstrapRecords(
                tls.services().stream().sorted().flatMap(service -> rights(service).stream()).toList()));
        formatter.run();
    }

    /** A service makes and uses topics, joins groups and runs transactions; it may not touch rights, quotas or settings. */
    private static List<ApiMessageAndVersion> rights(String service) {
        List<ApiMessageAndVersion> rights = new ArrayList<>();
        for (AclOperation operation : List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE,
                AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)) {
            rights.add(right(service, ResourceType.TOPIC, operation));
        }
        rights.add(right(service, ResourceType.GROUP, AclOperation.READ));
        rights.add(right(service, ResourceType.GROUP, AclOperation.DESCRIBE));
        rights.add(right(service, ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE));
        rights.add(right(service, ResourceType.TRANSACTIONAL_ID, AclOperation.DESCRIBE));
        return rights;
    }

    private static ApiMessageAndVersion right(String service, ResourceType type, AclOperation operation) {
        return new ApiMessageAndVersion(new AccessControlEntryRecord().setId(Uuid.randomUuid())
                .setResourceType(type.code()).setResourceName("*").setPatternType(PatternType.LITERAL.code())
                .setPrincipal("User:" + service).setHost("*").setOperation(operation.code())
                .setPermissionType(AclPermissionType.ALLOW.code()), (short) 0);
    }
}
